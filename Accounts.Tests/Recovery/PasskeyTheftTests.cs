using System.Buffers.Text;
using System.Text.Json.Nodes;
using Accounts.Tests.Passkeys;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>An account is had back by the passkey that it had, be it one that the thief has removed.</summary>
[Trait("Pace", "long")]
public sealed class PasskeyTheftTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Back = """{"detail":"Your account is as it was. Sign in with the new password.","kept":[]}""";

    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, other = null!;
    private Person person = null!;
    private SoftwareAuthenticator own = null!, theirs = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, other) = (server.Client(), server.Client());
        (person, own) = await server.SignInWithPasskeyAsync(owner);
        (_, theirs) = await server.SignInWithPasskeyAsync(other);
        // Of before the theft, which alone is undone.
        await server.Database.ExecuteAsync("UPDATE account_changes SET expires_at = clock_timestamp(), at = at - interval '8 days' WHERE email = @email", ("email", person.Email));
    }

    public ValueTask DisposeAsync()
    {
        own.Dispose();
        theirs.Dispose();
        owner.Dispose();
        other.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_08_A_passkey_that_was_taken_away_has_the_account_back_and_is_back()
    {
        var token = await StealAsync();
        var refused = await owner.RecoverAsync(token);
        refused.AssertRefused(403, "second_factor_required");
        Assert.Equal("""["passkey","recovery_code"]""", refused["methods"]);
        var mails = server.Mailbox.To(person.Email).Count;
        var begun = await BeginAsync(token);
        Assert.Equal(Base64Url.EncodeToString(own.CredentialId), Assert.Single(begun.PublicKey().GetProperty("allowCredentials").EnumerateArray()).GetProperty("id").GetString());
        // Looking has changed nothing.
        Assert.Equal(0, await server.Database.PasskeysAsync(person));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "frozen_until IS NOT NULL AND ways = '{password}'"));
        (await RecoverAsync(token, begun["state"], own.Get(begun.PublicKey()))).AssertBody(200, Back);
        Assert.Equal(1, await server.Database.PasskeysAsync(person));
        await server.Mailbox.WaitAsync(person.Email, mails + 1);
        Assert.Equal(200, (await owner.SignInAsync(own)).Status);
    }

    [Theory]
    [InlineData("somebody else's passkey"), InlineData("a state of signing in"), InlineData("a state that was spent"), InlineData("another account's state")]
    public async Task MF_10_An_account_is_not_had_back_by(string what)
    {
        var token = await StealAsync();
        var begun = what switch
        {
            "a state of signing in" => await other.BeginSignInAsync(),
            "another account's state" => await other.PostAsync("/api/auth/login/passkey/begin/"),
            _ => await BeginAsync(token),
        };
        if (what == "a state that was spent")
        {
            (await RecoverAsync(token, begun["state"], own.Get(begun.PublicKey()))).AssertBody(200, Back);
        }
        var answer = await RecoverAsync(token, begun["state"], (what == "somebody else's passkey" ? theirs : own).Get(begun.PublicKey()));
        answer.AssertRefused(what == "a state that was spent" ? 400 : 401, what == "a state that was spent" ? "invalid_token" : "invalid_credentials");
        Assert.Equal(what == "a state that was spent" ? 0 : 1, await server.Database.UsersAsync(person.Email, "frozen_until IS NOT NULL"));
    }

    [Fact]
    public async Task MF_10_A_state_for_having_an_account_back_signs_nobody_in()
    {
        var begun = await BeginAsync(await StealAsync());
        (await owner.FinishSignInAsync(begun["state"], own.Get(begun.PublicKey()))).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_token_that_is_good_for_nothing_begins_nothing()
    {
        (await owner.PostAsync("/api/auth/login/passkey/begin/", new { token = new string('x', 43) })).AssertRefused(400, "invalid_token");
        (await owner.PostAsync("/api/auth/login/passkey/begin/", new { token = "x", ticket = "y" })).AssertBody(400, """{"non_field_errors":["Send ticket or token, not both."]}""");
    }

    [Fact]
    public async Task The_page_asks_for_the_passkey_of_before()
    {
        await using var tab = await browser.OpenAsync();
        var chromium = await ChromiumAuthenticator.OnAsync(tab, $"{server.Address}forgot-password");
        server.HasProved(owner);
        var begun = await owner.BeginAdditionAsync();
        Assert.Equal(201, (await owner.FinishAdditionAsync(begun["state"], await chromium.CreateAsync(begun.PublicKey()))).Status);
        await server.Database.ExecuteAsync("UPDATE account_changes SET expires_at = clock_timestamp(), at = at - interval '8 days' WHERE email = @email", ("email", person.Email));
        await tab.OpenAsync($"{server.Address}recover-account#token={await StealAsync()}");
        await tab.FillAsync("New password", Some.OtherPassword);
        await tab.ClickAsync("Have it back");
        await tab.SaysAsync("Confirm that it is you");
        await tab.ClickAsync("Use a passkey");
        await tab.SaysAsync("Your account is as it was");
        Assert.Equal(2, await server.Database.PasskeysAsync(person));
    }

    /// <summary>By somebody who sat at an open session in which its owner had just proved who they are. The newest passkey goes; ends with the token that has the account back.</summary>
    private async Task<string> StealAsync()
    {
        server.HasProved(owner);
        var passkeys = (await owner.GetAsync(PasskeySteps.Factors)).Json.GetProperty("passkeys").EnumerateArray().Select(one => one.GetProperty("id").GetString()!).ToList();
        Assert.Equal(204, (await owner.RemoveFactorAsync(passkeys[^1])).Status);
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, "A passkey was removed"))).Status);
        return await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
    }

    private async Task<Answer> BeginAsync(string token)
    {
        owner.Access = null;
        var begun = await owner.PostAsync("/api/auth/login/passkey/begin/", new { token });
        Assert.True(begun.Status == 200, begun.ToString());
        return begun;
    }

    private Task<Answer> RecoverAsync(string token, string? state, JsonObject passkey) =>
        owner.PostAsync("/api/auth/security/recover/", new { token, new_password = Some.OtherPassword, state, passkey });
}
