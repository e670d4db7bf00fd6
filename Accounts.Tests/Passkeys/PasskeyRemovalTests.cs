using System.Text.Json;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>Removing, renaming, taking away and having back.</summary>
public sealed class PasskeyRemovalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Added = "A passkey was added", Removed = "A passkey was removed";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_passkey_is_removed_recorded_told_by_mail_and_signs_nobody_in()
    {
        using var client = server.Client();
        using var other = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        other.Access = (await other.ProveAsync(await other.TicketAsync(person), authenticator.RecoveryCodes[0])).Access;
        await RemoveAsync(client);
        Assert.Equal(0, await server.Database.PasskeysAsync(person));
        Assert.Equal(["password"], await server.Database.WaysAsync(person));
        Assert.Equal(1, await server.Database.EventsAsync(person, "factor_removed"));
        await server.RecoveryTokenAsync(person.Email, Removed);
        Assert.Equal(200, (await client.MeAsync()).Status);
        (await other.MeAsync()).AssertAccessRefused("revoked");
        (await client.SignInAsync(authenticator)).AssertRefused(401, "invalid_credentials");
        authenticator.Dispose();
    }

    [Fact]
    public async Task One_of_two_goes_and_the_other_stays_a_way_in()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        using var second = client.Authenticator();
        Assert.Equal(201, (await client.AddPasskeyAsync(second, name: "Second")).Status);
        await RemoveAsync(client);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.name = 'Second'"));
        Assert.Equal(["password", "passkey"], await server.Database.WaysAsync(person));
        Assert.Equal(200, (await client.SignInAsync(second)).Status);
        authenticator.Dispose();
    }

    [Fact]
    public async Task The_only_way_in_and_anybody_elses_are_not_removed()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        (await client.RemoveFactorAsync($"{Guid.NewGuid()}")).AssertRefused(404, "not_found");
        (await client.RemoveFactorAsync("mine")).AssertRefused(404, "not_found");
        using var stranger = server.Client();
        await stranger.SignInSomebodyAsync();
        (await stranger.RemoveFactorAsync(await IdAsync(client))).AssertRefused(404, "not_found");
        await server.Database.ChangeAsync(person, "password_hash = NULL, ways = '{passkey}'");
        (await client.RemoveFactorAsync(await IdAsync(client))).AssertRefused(409, "last_sign_in_method");
        Assert.Equal(1, await server.Database.PasskeysAsync(person));
        authenticator.Dispose();
    }

    [Fact]
    public async Task The_last_passkey_that_verifies_its_user_stays_where_nothing_else_signs_in()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        using var key = client.Authenticator();
        Assert.Equal(201, (await client.AddPasskeyAsync(key, made => made.Drop(Ceremony.Verified), "Key")).Status);
        await server.Database.ChangeAsync(person, "password_hash = NULL, ways = '{passkey}'");
        (await client.RemoveFactorAsync(await IdAsync(client))).AssertRefused(409, "last_sign_in_method");
        Assert.Equal(2, await server.Database.PasskeysAsync(person));
        var second = (await ListAsync(client))[1];
        Assert.Equal("Key", second.GetProperty("name").GetString());
        Assert.Equal(204, (await client.RemoveFactorAsync(second.GetProperty("id").GetString()!)).Status);
        Assert.Equal(200, (await client.SignInAsync(authenticator)).Status);
        authenticator.Dispose();
    }

    [Fact]
    public async Task A_passkey_is_listed_and_gets_another_name()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        var listed = Assert.Single(await ListAsync(client));
        Assert.Equal(
            ("Passkey", true, Ceremony.Text(authenticator.CredentialId)),
            (listed.GetProperty("name").GetString(), listed.GetProperty("synced").GetBoolean(), listed.GetProperty("credential_id").GetString()));
        var id = await IdAsync(client);
        var renamed = await client.RenameFactorAsync(id, new { name = " Phone " });
        Assert.Equal((200, "Phone", id), (renamed.Status, renamed["name"], renamed["id"]));
        (await client.RenameFactorAsync(id, new { })).AssertBody(400, """{"name":["This field is required."]}""");
        (await client.RenameFactorAsync(id, new { name = " " })).AssertBody(400, """{"name":["This field may not be blank."]}""");
        (await client.RenameFactorAsync(id, new { name = new string('x', 101) })).AssertBody(400, """{"name":["Ensure this field has no more than 100 characters."]}""");
        using var stranger = server.Client();
        await stranger.SignInSomebodyAsync();
        (await stranger.RenameFactorAsync(id, new { name = "Mine" })).AssertRefused(404, "not_found");
        Assert.Empty(await ListAsync(stranger));
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.name = 'Phone'"));
        authenticator.Dispose();
    }

    [Fact]
    public async Task SG_08_A_passkey_that_somebody_else_has_added_goes_by_the_link_of_its_mail()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        await HaveBackAsync(client, person, Added);
        Assert.Equal(0, await server.Database.PasskeysAsync(person));
        Assert.Equal(["password"], await server.Database.WaysAsync(person));
        (await client.SignInAsync(authenticator)).AssertRefused(401, "invalid_credentials");
        authenticator.Dispose();
    }

    [Fact]
    public async Task SG_08_A_passkey_that_somebody_else_has_removed_comes_back_as_it_was()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        var before = await RowAsync(person);
        await server.Database.ForgetAsync(person, "factor_added");
        await RemoveAsync(client);
        await HaveBackAsync(client, person, Removed, authenticator.RecoveryCodes[0]);
        Assert.Equal(before, await RowAsync(person));
        Assert.Equal(["password", "passkey"], (await server.Database.WaysAsync(person)).OrderDescending());
        Assert.Equal(200, (await client.SignInAsync(authenticator)).Status);
        authenticator.Dispose();
    }

    [Fact]
    public async Task SG_08_A_passkey_that_is_somebody_elses_by_now_stays_out_and_is_named()
    {
        using var client = server.Client();
        using var other = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        await RemoveAsync(client);
        var (holder, _) = await server.SignInWithPasskeyAsync(other);
        await server.Database.ExecuteAsync(
            "UPDATE passkeys SET credential_id = @id WHERE user_id = (SELECT id FROM users WHERE email = @email)", ("id", authenticator.CredentialId), ("email", holder.Email));
        Assert.Equal("""["Passkey"]""", await HaveBackAsync(client, person, Removed));
        Assert.Equal(0, await server.Database.PasskeysAsync(person));
        Assert.Equal(["password"], await server.Database.WaysAsync(person));
        authenticator.Dispose();
    }

    [Theory]
    [InlineData("email_verified = false, verified_by = NULL, verified_at = NULL", 0), InlineData("verified_by = 'link_elsewhere'", 1), InlineData("verified_by = 'code'", 1)]
    public async Task RE_06_A_reset_takes_away_what_somebody_had_of_an_account_that_nobody_had_proved_and_leaves_the_owners(string state, int left)
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        await server.Database.ChangeAsync(person, state);
        var token = await server.Database.PlantResetAsync(person);
        Assert.Equal(200, (await client.ResetAsync(token)).Status);
        Assert.Equal(left, await server.Database.PasskeysAsync(person));
        Assert.Equal(left == 1 ? ["password", "passkey"] : ["password"], await server.Database.WaysAsync(person));
        Assert.Equal(left == 1 ? 200 : 401, (await client.SignInAsync(authenticator)).Status);
        authenticator.Dispose();
    }

    [Fact]
    public async Task RS_03_The_mail_about_a_new_password_tells_of_passkeys()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        Assert.Equal(200, (await client.ResetAsync(await server.Database.PlantResetAsync(person))).Status);
        await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        Assert.Contains("sign in too: a passkey\n", server.MailsAbout(person.Email, RecoverySteps.Changed)[^1].Text, StringComparison.Ordinal);
        authenticator.Dispose();
    }

    private static async Task<JsonElement[]> ListAsync(ApiClient client) =>
        [.. (await client.GetAsync(PasskeySteps.Factors)).Json.GetProperty("passkeys").EnumerateArray()];

    /// <summary>Of the oldest.</summary>
    private static async Task<string> IdAsync(ApiClient client) => (await ListAsync(client))[0].GetProperty("id").GetString()!;

    private static async Task RemoveAsync(ApiClient client)
    {
        var answer = await client.RemoveFactorAsync(await IdAsync(client));
        Assert.True(answer.Status == 204, answer.ToString());
    }

    /// <returns>what stays out</returns>
    private async Task<string?> HaveBackAsync(ApiClient client, Person person, string subject, string? code = null)
    {
        Assert.Equal(200, (await client.FreezeAsync(await server.RecoveryTokenAsync(person.Email, subject))).Status);
        await server.Database.AgeFreezeAsync(person);
        var token = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        var recovered = code is null ? await client.RecoverAsync(token) : await client.RecoverWithAsync(token, code);
        Assert.True(recovered.Status == 200, recovered.ToString());
        return recovered["kept"];
    }

    private Task<string> RowAsync(Person person) =>
        server.Database.ScalarAsync<string>("SELECT p::text FROM passkeys p JOIN users u ON u.id = p.user_id WHERE u.email = @email", ("email", person.Email));
}
