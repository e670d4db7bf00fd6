using System.Text.Json;
using Accounts.Tests.Deletion;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>An account is stolen, and had back by one link and one mail.</summary>
public sealed class TheftTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private const string Stolen = "stolen-tulips-44";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly Identity own = Identity.OfGitHub();
    private ApiClient owner = null!, thief = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, thief) = (server.Client(UserAgents.Firefox), server.Client(UserAgents.Chrome));
        person = await server.SignInVerifiedAsync(owner);
        Assert.Equal(200, (await owner.ConnectAsync(provider, own)).Status);
        await thief.StealAsync(person, Stolen);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_08_A_password_changed_identities_swapped_and_the_account_deleted_all_of_it_is_had_back_by_one_link_and_one_mail()
    {
        var (github, google) = (Identity.OfGitHub(), Identity.OfGoogle());
        Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        Assert.Equal(200, (await thief.ConnectAsync(provider, github)).Status);
        Assert.Equal(200, (await thief.ConnectAsync(provider, google)).Status);
        Assert.Equal(204, (await thief.DeleteAccountAsync(Stolen)).Status);

        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        var review = await owner.ReviewAsync(link);
        Assert.Equal(
            ["password_changed", "social_account_disconnected", "social_account_connected", "social_account_connected", "account_deleted"],
            review.Json.GetProperty("events").EnumerateArray().Select(change => change.GetProperty("kind").GetString()));
        Assert.All(review.Json.GetProperty("events").EnumerateArray(), change => Assert.Equal("Chrome on Windows", change.GetProperty("device").GetString()));
        Assert.Equal("false", review["frozen"]);
        (await owner.FreezeAsync(link)).AssertBody(200, """{"detail":"The account is frozen."}""");
        (await thief.SignInAsync(provider, google)).AssertRefused(403, "account_frozen");

        var recover = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        (await owner.RecoverAsync(recover)).AssertBody(200, """{"detail":"Your account is as it was. Sign in with the new password.","kept":[]}""");
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal("""["github"]""", (await owner.MeAsync())["providers"]);
        Assert.Equal(1, await server.Database.AccountsAsync(own));
        Assert.Equal(0, await server.Database.AccountsAsync(github) + await server.Database.AccountsAsync(google));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password,github}' AND deleted_at IS NULL AND erase_after IS NULL AND frozen_until IS NULL"));
        (await thief.LoginAsync(person with { Password = Stolen })).AssertRefused(401, "invalid_credentials");
        (await thief.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        (await thief.MeAsync()).AssertAccessRefused("revoked");
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(person.Email, "is as it was").Count == 1), "the owner is told");
        Assert.Equal(1, await server.Database.EventsAsync(person, "account_frozen"));
        Assert.Equal(1, await server.Database.EventsAsync(person, "account_recovered"));
    }

    [Fact]
    public async Task SG_08_What_is_somebody_elses_by_now_stays_out_and_is_named()
    {
        Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        using var other = server.Client();
        Assert.Equal(200, (await other.SignInAsync(provider, own)).Status);
        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        var answer = await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen));
        Assert.Equal("""["GitHub"]""", answer["kept"]);
        Assert.Equal(1, await server.Database.AccountsAsync(own, $"u.email <> '{person.Email}'"));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}'"));
    }

    [Fact]
    public async Task SG_08_Nobody_gets_into_a_frozen_account_and_only_a_right_proof_is_told_why()
    {
        var reset = await server.ResetTokenAsync(owner, person);
        var resets = server.Mailbox.Resets(person.Email).Count;
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        await thief.AssertOutAsync();
        (await thief.LoginAsync(person with { Password = Stolen })).AssertRefused(403, "account_frozen");
        (await thief.ReturnAsync(person with { Password = Stolen })).AssertRefused(403, "account_frozen");
        (await thief.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        (await owner.SignInAsync(provider, own)).AssertRefused(403, "account_frozen");
        (await owner.ResetAsync(reset)).AssertRefused(400, "invalid_token");
        await owner.AskResetAsync(person.Email);
        await server.Database.WorkedOffAsync();
        Assert.Equal(0, await server.Database.LiveTokensAsync(person));
        Assert.Equal(resets, server.Mailbox.Resets(person.Email).Count);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task LG_05_Every_mail_about_a_change_has_the_link()
    {
        Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        Assert.Equal(204, (await thief.DeleteAccountAsync(Stolen)).Status);
        foreach (var subject in new[] { RecoverySteps.Changed, RecoverySteps.Connected, "was disconnected", RecoverySteps.Deleted })
        {
            var link = await server.RecoveryTokenAsync(person.Email, subject);
            Assert.Equal(200, (await owner.ReviewAsync(link)).Status);
            Assert.Contains($"/security#token={link}\"", server.MailsAbout(person.Email, subject)[^1].Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reset_has_the_link_and_is_had_back_too()
    {
        var token = await server.ResetTokenAsync(owner, person);
        Assert.Equal(200, (await owner.ResetAsync(token, "reset-by-somebody-1")).Status);
        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed, 2);
        Assert.Equal(["password_reset"], (await owner.ReviewAsync(link)).Json.GetProperty("events").EnumerateArray().Select(Kind));
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        Assert.Equal(200, (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen))).Status);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
    }

    private static string? Kind(JsonElement change) => change.GetProperty("kind").GetString();
}
