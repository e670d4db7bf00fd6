using System.Globalization;
using Accounts.Tests.Admin;
using Accounts.Tests.Deletion;
using Accounts.Tests.EmailChange;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.ProgramTokens;

/// <summary>What ends a personal token: its user, and whatever ends all sessions.</summary>
public sealed class PersonalTokenEndTests(ProgramServer shared) : IClassFixture<ProgramServer>, IAsyncLifetime
{
    private const string Subject = "A personal token was made";

    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        owner = server.Client();
        person = await server.SignInHolderAsync(owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_20_Its_user_alone_removes_one_and_it_is_over_at_once()
    {
        var (id, token) = await owner.MakeTokenAsync();
        var (_, other) = await owner.MakeTokenAsync();
        using var stranger = server.Client();
        await stranger.SignInSomebodyAsync();
        (await stranger.RemoveTokenAsync(id)).AssertRefused(404, "not_found");
        (await owner.RemoveTokenAsync("nonsense")).AssertRefused(404, "not_found");
        Assert.Empty(await stranger.TokensAsync());
        await server.AssertGoodAsync(token);
        Assert.Equal(204, (await owner.RemoveTokenAsync(id)).Status);
        (await owner.RemoveTokenAsync(id)).AssertRefused(404, "not_found");
        await server.AssertOverAsync(token);
        await server.AssertGoodAsync(other);
        Assert.Equal(1, await server.Database.EventsAsync(person, "personal_token_removed"));
        Assert.Equal(1, await server.Database.TokensOfAsync(person));
    }

    [Theory]
    [InlineData("a change of the password"), InlineData("a reset"), InlineData("another address"), InlineData("a second factor"), InlineData("sign out everywhere"), InlineData("sign out everywhere else")]
    [InlineData("an administrator's sign-out"), InlineData("a deactivation"), InlineData("a freeze"), InlineData("a deletion"), InlineData("a session that was not theirs"), InlineData("an older version")]
    public async Task SG_20_A_personal_token_is_over_after(string what)
    {
        var (_, token) = await owner.MakeTokenAsync("backup", "editor");
        await server.AssertGoodAsync(token);
        await EndAsync(what);
        await server.AssertOverAsync(token);
        await server.Database.ChangeAsync(person, "is_active = true, suspended_until = NULL, frozen_until = NULL, deleted_at = NULL, erase_after = NULL");
        await server.AssertOverAsync(token);
        await server.SweepAsync();
        Assert.Equal(0, await server.Database.TokensOfAsync(person));
    }

    /// <summary>Which a session that its user ends is not.</summary>
    [Fact]
    public async Task SG_20_A_session_that_ends_leaves_it_good_and_so_does_the_end_of_one_that_came_later()
    {
        var (_, token) = await owner.MakeTokenAsync();
        using var browser = server.Client();
        await browser.SignInAsync(person);
        await DisownAsync(browser);
        await owner.LogoutAsync();
        await server.AssertGoodAsync(token);
    }

    [Theory]
    [InlineData("is_active = false"), InlineData("is_active = false, suspended_until = clock_timestamp() + interval '1 day'"), InlineData("deleted_at = clock_timestamp()"), InlineData("frozen_until = clock_timestamp() + interval '1 day'")]
    public async Task SG_20_A_user_who_is_not_let_in_has_no_token_meanwhile(string state)
    {
        var (_, token) = await owner.MakeTokenAsync();
        await server.Database.ChangeAsync(person, state);
        await server.AssertOverAsync(token);
        await server.Database.ChangeAsync(person, "is_active = true, suspended_until = NULL, frozen_until = NULL, deleted_at = NULL");
        await server.AssertGoodAsync(token);
    }

    [Fact]
    public async Task SG_20_Its_user_is_told_by_mail_whose_link_stops_it_and_nothing_brings_it_back()
    {
        var (_, token) = await owner.MakeTokenAsync("Click <b>here</b>", "editor", "auditor");
        var mail = await server.MailAboutAsync(person, Subject);
        Assert.Contains("Roles: auditor, editor", mail.Text, StringComparison.Ordinal);
        Assert.Matches($"until [0-9]+ {DateTime.UtcNow.AddDays(30).ToString("MMMM yyyy", CultureInfo.InvariantCulture)}", mail.Text);
        Assert.DoesNotContain("here", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("acc_pat_", mail.Text + mail.Html, StringComparison.Ordinal);
        var link = RecoverySteps.TokenOf(mail);
        Assert.Contains("personal_token_made", (await owner.ReviewAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        await server.AssertOverAsync(token);
        Assert.Equal(200, (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, "Have your account"))).Status);
        await server.AssertOverAsync(token);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Empty(await owner.TokensAsync());
    }

    [Fact]
    public async Task SG_20_After_a_few_mails_in_an_hour_more_are_gathered_and_every_token_is_an_event()
    {
        for (var i = 0; i < 7; i++)
        {
            await owner.MakeTokenAsync();
        }
        Assert.Equal(7, await server.Database.EventsAsync(person, "personal_token_made"));
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(person.Email, Subject).Count == 5), "five mails");
    }

    /// <summary>The one that makes it waits for the one that signs out everywhere.</summary>
    [Fact]
    public async Task SG_20_One_that_is_made_beside_what_ends_all_sessions_is_not_made()
    {
        await using var ending = await HeldTransaction.BeginAsync(server.Database);
        await ending.ExecuteAsync("UPDATE users SET sessions_epoch = sessions_epoch + 1 WHERE email = @email", ("email", person.Email));
        var making = owner.AskTokenAsync(new { name = "x" });
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() > 0, "the making waits");
        await ending.CommitAsync();
        (await making).AssertAccessRefused("revoked");
        Assert.Equal(0, await server.Database.TokensOfAsync(person));
    }

    private async Task EndAsync(string what)
    {
        switch (what)
        {
            case "a change of the password":
                Assert.Equal(200, (await owner.ChangePasswordAsync(person.Password, Some.OtherPassword)).Status);
                break;
            case "a reset":
                (await owner.ResetAsync(await server.Database.PlantResetAsync(person))).AssertBody(200, PasswordSteps.Done);
                break;
            case "another address":
                Assert.Equal(200, (await owner.ConfirmChangeAsync(await server.Database.PlantChangeAsync(person, $"new-{person.Email}"))).Status);
                person = person with { Email = $"new-{person.Email}" };
                break;
            case "a second factor":
                await server.Database.ChangeAsync(person, "verified_by = 'code'");
                await owner.EnrolAsync();
                break;
            case "sign out everywhere":
                Assert.Equal(200, (await owner.PostAsync("/api/auth/logout/all/")).Status);
                break;
            case "sign out everywhere else":
                Assert.Equal(200, (await owner.PostAsync("/api/auth/logout/all/", new { keep_current = true })).Status);
                break;
            case "an administrator's sign-out" or "a deactivation":
                using (var admin = server.Client())
                {
                    await server.SignInAdministratorAsync(admin);
                    Assert.Equal(200, (await admin.PostAsync(await server.Database.AddressAsync(person, what == "a deactivation" ? "deactivate" : "logout"))).Status);
                }
                break;
            case "a freeze":
                Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, Subject))).Status);
                break;
            case "a deletion":
                Assert.Equal(204, (await owner.DeleteAccountAsync(person.Password)).Status);
                break;
            case "a session that was not theirs":
                await DisownAsync(owner);
                break;
            default:
                await server.Database.ChangeAsync(person, "sessions_epoch = sessions_epoch + 1");
                break;
        }
    }

    private async Task DisownAsync(ApiClient browser)
    {
        var token = await server.Database.PlantTokenAsync(person, "disown");
        await server.Database.ExecuteAsync(
            "UPDATE email_verification_tokens SET session_id = @id WHERE purpose = 'disown' AND email = @email", ("id", server.Session(browser.RefreshCookie!).Id), ("email", person.Email));
        using var reader = server.Client();
        Assert.Equal(200, (await reader.DisownAsync(token)).Status);
    }
}
