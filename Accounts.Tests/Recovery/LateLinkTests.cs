using Accounts.Tests.EmailChange;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>Links that are followed late, beside others, or after the account was let go; and what was connected meanwhile.</summary>
public sealed class LateLinkTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private const string Stolen = "stolen-tulips-44", Back = """{"detail":"Your account is as it was. Sign in with the new password.","kept":[]}""";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly string mailbox = Some.Email();
    private ApiClient owner = null!, thief = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, thief) = (server.Client(UserAgents.Firefox), server.Client(UserAgents.Chrome));
        person = await server.SignInVerifiedAsync(owner);
        await thief.StealAsync(person, Stolen);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Its mail went to the thief, whose link was of after the freeze, and void for nobody.</summary>
    [Fact]
    public async Task SG_08_An_alarm_of_a_stolen_session_beside_the_freeze_makes_no_link()
    {
        using var another = server.Client(UserAgents.Chrome);
        await another.SignInAsync(person with { Password = Stolen });
        await server.Session(another.RefreshCookie!).SetAsync("generation = generation + 5, parent_generation = parent_generation + 5, first_child = first_child + 5");
        Task<Answer> refreshing;
        await using (var freeze = await HeldTransaction.BeginAsync(server.Database))
        {
            await freeze.ExecuteAsync("UPDATE users SET frozen_until = clock_timestamp() + interval '7 days' WHERE email = @email", ("email", person.Email));
            refreshing = another.RefreshAsync();
            await Until.TrueAsync(async () => await server.Database.BlockedAsync() >= 1, "the alarm waits for the user's row");
            await freeze.CommitAsync();
        }
        Assert.Equal(401, (await refreshing).Status);
        Assert.Equal(1, await server.Database.EventsAsync(person, "refresh_token_reused"));
        Assert.Equal(0, await server.Database.CountAsync("account_changes", "email = @email AND kind = 'refresh_token_reused'", ("email", person.Email)));
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email AND s.end_reason = 'reused'", ("email", person.Email)));
    }

    [Fact]
    public async Task SG_08_A_later_link_does_nothing_while_an_earlier_one_froze_whatever_its_row_says()
    {
        Assert.Equal(200, (await thief.ConnectAsync(provider, Identity.OfGitHub())).Status);
        var (first, later) = (await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed), await server.RecoveryTokenAsync(person.Email, RecoverySteps.Connected));
        Assert.Equal(200, (await owner.FreezeAsync(first)).Status);
        await server.Database.ExecuteAsync("UPDATE account_changes SET void_at = NULL WHERE email = @email", ("email", person.Email));
        (await thief.FreezeAsync(later)).AssertRefused(400, "invalid_token");
        (await thief.ReviewAsync(later)).AssertRefused(400, "invalid_token");
        await AssertHadBackAsync();
    }

    [Fact]
    public async Task SG_08_A_link_freezes_anew_what_was_let_go_by_another_way()
    {
        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        await server.Database.ChangeAsync(person, "frozen_until = NULL");
        await thief.SignInAsync(person with { Password = Stolen });
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        await thief.AssertOutAsync();
        (await thief.LoginAsync(person with { Password = Stolen })).AssertRefused(403, "account_frozen");
        await AssertHadBackAsync(mails: 2);
    }

    /// <summary>Who follows the newest mail has not seen the others, or not in time.</summary>
    [Theory]
    [InlineData("was disconnected"), InlineData("Your password")]
    public async Task SG_08_What_a_thief_has_connected_goes_by_the_link_of_their_last_change_too(string subject)
    {
        var identity = Identity.OfGitHub();
        Assert.Equal(200, (await thief.ConnectAsync(provider, identity)).Status);
        if (subject == "was disconnected")
        {
            Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        }
        else
        {
            Assert.Equal(200, (await thief.ChangePasswordAsync(Stolen, "stolen-again-5")).Status);
        }
        var link = await server.RecoveryTokenAsync(person.Email, subject, subject == RecoverySteps.Changed ? 2 : 1);
        Assert.Contains("social_account_connected", (await owner.ReviewAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        Assert.Equal("""["GitHub"]""", (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen)))["kept"]);
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}'"));
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
    }

    [Fact]
    public async Task SG_08_An_identity_that_a_thiefs_reset_threw_away_comes_back()
    {
        var own = Identity.OfGitHub();
        Assert.Equal(200, (await thief.ConnectAsync(provider, own)).Status);
        // It was the owner's, long ago.
        await server.Database.ForgetAsync(person, "social_account_connected");
        using var phone = server.Client();
        (await phone.ConfirmChangeAsync(await server.ChangeTokenAsync(thief, mailbox))).AssertBody(200, EmailChangeSteps.Done);
        Assert.Equal(200, (await phone.ResetAsync(await server.ResetTokenAsync(phone, person with { Email = mailbox }), "stolen-again-5")).Status);
        Assert.Equal(0, await server.Database.AccountsAsync(own));
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        await AssertHadBackAsync();
        Assert.Equal(1, await server.Database.AccountsAsync(own));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password,github}'"));
    }

    [Fact]
    public async Task SG_08_An_identity_that_may_be_a_strangers_goes_and_is_named()
    {
        var own = Identity.OfGitHub();
        Assert.Equal(200, (await thief.ConnectAsync(provider, own)).Status);
        await server.Database.ForgetAsync(person, "social_account_connected");
        await server.Database.ChangeAsync(person, "verified_by = 'link_elsewhere'");
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        var answer = await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen));
        Assert.Equal((200, """["GitHub"]"""), (answer.Status, answer["kept"]));
        Assert.Equal(0, await server.Database.AccountsAsync(own));
    }

    private async Task AssertHadBackAsync(int mails = 1)
    {
        (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen, mails))).AssertBody(200, Back);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal((1, 0), (await server.Database.UsersAsync(person.Email, "email_verified AND frozen_until IS NULL"), await server.Database.UsersAsync(mailbox)));
        (await thief.LoginAsync(person with { Password = Stolen })).AssertRefused(401, "invalid_credentials");
        (await thief.LoginAsync(person with { Email = mailbox, Password = Stolen })).AssertRefused(401, "invalid_credentials");
    }
}
