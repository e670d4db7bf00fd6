using System.Text.Json;
using Accounts.Tests.Deletion;
using Accounts.Tests.EmailChange;
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
        await server.Database.ForgetAsync(person, "social_account_connected");
        await thief.StealAsync(person, Stolen);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_08_Password_and_address_changed_identities_swapped_and_the_account_deleted_all_of_it_is_had_back_by_one_link_and_one_mail()
    {
        var (github, google, mailbox) = (Identity.OfGitHub(), Identity.OfGoogle(), Some.Email());
        await server.MoveAsync(thief, mailbox);
        Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        Assert.Equal(200, (await thief.ConnectAsync(provider, github)).Status);
        Assert.Equal(200, (await thief.ConnectAsync(provider, google)).Status);
        Assert.Equal(204, (await thief.DeleteAccountAsync(Stolen)).Status);

        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        var review = await owner.ReviewAsync(link);
        Assert.Equal(
            ["password_changed", "email_changed", "social_account_disconnected", "social_account_connected", "social_account_connected", "account_deleted"],
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
        Assert.Equal(0, await server.Database.UsersAsync(mailbox));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND verified_by = 'link_in_same_browser'"));
        Assert.DoesNotContain(server.Mailbox.To(mailbox), mail => mail.Subject.Contains("back", StringComparison.Ordinal) || mail.Subject.Contains("as it was", StringComparison.Ordinal));
        using var newcomer = server.Client();
        Assert.Equal(201, (await newcomer.RegisterAsync(Some.Person() with { Email = mailbox })).Status);
    }

    [Fact]
    public async Task SG_08_An_address_changed_twice_is_had_back_by_the_mail_to_the_first_one()
    {
        var (second, third) = (Some.Email(), Some.Email());
        await server.MoveAsync(thief, second);
        await server.MoveAsync(thief, third);
        var (first, later) = (await server.RecoveryTokenAsync(person.Email, RecoverySteps.Moved), await server.RecoveryTokenAsync(second, RecoverySteps.Moved));
        Assert.Equal(200, (await owner.FreezeAsync(first)).Status);
        (await thief.FreezeAsync(later)).AssertRefused(400, "invalid_token");
        (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen)))
            .AssertBody(200, """{"detail":"Your account is as it was. Sign in with the new password.","kept":[]}""");
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        (await thief.FreezeAsync(later)).AssertRefused(400, "invalid_token");
        Assert.Equal((1, 0, 0), (await server.Database.UsersAsync(person.Email), await server.Database.UsersAsync(second), await server.Database.UsersAsync(third)));
    }

    /// <summary>Else a thief would give it to somebody else, and have kept the account.</summary>
    [Fact]
    public async Task SG_08_A_verified_address_stays_reserved_as_long_as_the_window_is_open()
    {
        await server.MoveAsync(thief, Some.Email());
        using var other = server.Client();
        var taken = Some.Person() with { Email = person.Email.ToUpperInvariant() };
        (await other.RegisterAsync(taken)).AssertBody(400, """{"email":["user with this email already exists."]}""");
        (await other.SignInAsync(provider, Identity.OfGoogle(person.Email))).AssertRefused(409, "email_taken");
        var somebody = await other.SignInSomebodyAsync();
        (await other.ConfirmChangeAsync(await server.Database.PlantChangeAsync(somebody, person.Email))).AssertRefused(409, "email_taken");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));

        await server.Database.ExecuteAsync("UPDATE account_changes SET expires_at = clock_timestamp() WHERE email = @email", ("email", person.Email));
        Assert.Equal(201, (await other.RegisterAsync(taken)).Status);
    }

    [Fact]
    public async Task SG_08_A_sign_up_that_waits_for_a_reserved_address_is_refused_when_it_is_confirmed()
    {
        await using var hiding = await shared.StartAnotherAsync(("Accounts:Registration:HideExistingAccounts", "true"));
        using var own = hiding.Client();
        var (first, mailbox) = (Some.Person(), Some.Email());
        Assert.Equal(201, (await own.RegisterAsync(first)).Status);
        Assert.Equal(200, (await own.VerifyAsync(await hiding.Mailbox.TokenAsync(first.Email))).Status);
        await own.SignInAsync(first);
        await hiding.MoveAsync(own, mailbox);
        using var other = hiding.Client();
        var newcomer = Some.Person() with { Email = first.Email };
        Assert.Equal(201, (await other.RegisterAsync(newcomer)).Status);
        await Until.TrueAsync(() => Task.FromResult(hiding.MailsAbout(first.Email, "Verify your").Count == 2), "the mail of the second sign-up");
        (await other.VerifyAsync(Mailbox.TokenOf(hiding.MailsAbout(first.Email, "Verify your")[^1])))
            .AssertBody(400, """{"email":["user with this email already exists."]}""");
        Assert.Equal(0, await hiding.Database.UsersAsync(first.Email));
    }

    [Fact]
    public async Task SG_08_Its_own_user_may_have_a_reserved_address_again()
    {
        var second = Some.Email();
        await server.MoveAsync(thief, second);
        await server.MoveAsync(thief, person.Email);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
        using var other = server.Client();
        (await other.RegisterAsync(Some.Person() with { Email = second })).AssertBody(400, """{"email":["user with this email already exists."]}""");
    }

    [Theory]
    [InlineData("a reuse"), InlineData("a new device")]
    public async Task LG_05_A_mail_that_somebody_may_be_in_has_the_link_too(string what)
    {
        // The thief's first sign-in was on a new device; what they do with a stolen cookie is another matter.
        if (what == "a reuse")
        {
            using var another = server.Client(UserAgents.Chrome);
            await another.SignInAsync(person with { Password = Stolen });
            await server.Session(another.RefreshCookie!).SetAsync("generation = generation + 5, parent_generation = parent_generation + 5, first_child = first_child + 5");
            Assert.Equal(401, (await another.RefreshAsync()).Status);
        }
        var subject = what == "a reuse" ? "ended one of your sessions" : "A new device";
        var link = await server.RecoveryTokenAsync(person.Email, subject);
        Assert.Equal(
            what == "a reuse" ? ["refresh_token_reused"] : ["signed_in_on_new_device", "password_changed"],
            (await owner.ReviewAsync(link)).Json.GetProperty("events").EnumerateArray().Select(Kind));
        Assert.Contains($"/security#token={link}\"", server.MailsAbout(person.Email, subject)[^1].Html, StringComparison.Ordinal);
        // What somebody has done since is undone with it.
        Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        Assert.Equal(200, (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen))).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(own));
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
        var mailbox = Some.Email();
        Assert.Equal(200, (await thief.ConnectAsync(provider, Identity.OfGoogle())).Status);
        await server.MoveAsync(thief, mailbox);
        Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        Assert.Equal(204, (await thief.DeleteAccountAsync(Stolen)).Status);
        foreach (var subject in new[] { RecoverySteps.Changed, RecoverySteps.Connected, RecoverySteps.Moved, "was disconnected", RecoverySteps.Deleted })
        {
            var address = subject is "was disconnected" or RecoverySteps.Deleted ? mailbox : person.Email;
            var link = await server.RecoveryTokenAsync(address, subject, subject == RecoverySteps.Connected ? 2 : 1);
            Assert.Equal(200, (await owner.ReviewAsync(link)).Status);
            Assert.Contains($"/security#token={link}\"", server.MailsAbout(address, subject)[^1].Html, StringComparison.Ordinal);
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
