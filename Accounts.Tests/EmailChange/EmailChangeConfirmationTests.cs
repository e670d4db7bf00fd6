using Accounts.Tests.Passwords;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailChange;

/// <summary>Following the link that was mailed to a new address.</summary>
public sealed class EmailChangeConfirmationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task EV_05_The_address_is_another_every_session_ends_and_the_one_that_followed_the_link_goes_on()
    {
        using var client = server.Client();
        using var other = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(person);
        await other.SignInAsync(person);
        var (moved, old) = (person with { Email = Some.Email() }, client.RefreshCookie!);
        var token = await server.ChangeTokenAsync(client, moved.Email);
        var answer = await client.ConfirmChangeAsync(token);
        Assert.Equal((200, "The address has been changed."), (answer.Status, answer["detail"]));
        Assert.Equal((moved.Email, "true"), (answer.Json.GetProperty("user").GetProperty("email").GetString(), answer.Json.GetProperty("user").GetProperty("email_verified").GetRawText()));
        await other.AssertOutAsync();
        (await client.RefreshAsync(old)).AssertRefreshRefused("revoked");
        Assert.Equal(moved.Email, (await client.MeAsync(answer.Access))["email"]);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        Assert.Equal(200, (await other.LoginAsync(moved)).Status);
        (await other.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.UsersAsync(moved.Email, "email_verified AND verified_by = 'link_in_same_browser'"));
        Assert.Equal(1, await server.Database.EventsAsync(moved, "email_changed"));
    }

    [Fact]
    public async Task LG_05_The_address_from_before_is_told_and_not_the_whole_of_the_new_one()
    {
        using var client = server.Client();
        var (person, email) = (await server.SignInVerifiedAsync(client), Some.Email());
        await client.ConfirmChangeAsync(await server.ChangeTokenAsync(client, email));
        var notice = await server.ChangeNoticeAsync(person.Email);
        Assert.Contains("u…@example.test now", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(email, notice.Text + notice.Html, StringComparison.Ordinal);
        Assert.Contains("Device: Unknown device\n", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EV_05_In_another_browser_the_link_signs_nobody_in_and_proves_the_mailbox_alone()
    {
        using var client = server.Client();
        using var stranger = server.Client();
        await client.SignInSomebodyAsync();
        await stranger.SignInSomebodyAsync();
        var (email, cookie) = (Some.Email(), stranger.RefreshCookie);
        var token = await server.ChangeTokenAsync(client, email);
        var answer = await stranger.ConfirmChangeAsync(token);
        answer.AssertBody(200, EmailChangeSteps.Done);
        Assert.Empty(answer.SetCookies);
        await client.AssertOutAsync();
        Assert.Equal(cookie, stranger.RefreshCookie);
        Assert.Equal(200, (await stranger.MeAsync()).Status);
        Assert.Equal(1, await server.Database.UsersAsync(email, "email_verified AND verified_by = 'link_elsewhere'"));
    }

    [Fact]
    public async Task EV_05_A_session_that_has_ended_or_is_too_old_does_not_go_on()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var (first, second) = (await server.Database.PlantChangeAsync(person, Some.Email()), Some.Email());
        await server.Session(client.RefreshCookie!).SetAsync("rotated_at = rotated_at - interval '400 days', created_at = created_at - interval '400 days'");
        (await client.ConfirmChangeAsync(first)).AssertBody(200, EmailChangeSteps.Done);
        var email = await server.Database.ScalarAsync<string>("SELECT email FROM users WHERE username = @name", ("name", person.Username));
        await client.SignInAsync(person with { Email = email });
        var token = await server.Database.PlantChangeAsync(person with { Email = email }, second);
        var refresh = client.RefreshCookie!;
        await client.LogoutAsync();
        client.RefreshCookie = refresh;
        (await client.ConfirmChangeAsync(token)).AssertBody(200, EmailChangeSteps.Done);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person with { Email = second }));
    }

    [Fact]
    public async Task In_body_mode_the_session_goes_on_in_body_mode()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var login = await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, ("X-Token-Transport", "body"));
        var token = await server.Database.PlantChangeAsync(person, Some.Email());
        var answer = await client.PostAsync("/api/auth/email/change/confirm/", new { token, refresh = login["refresh"] });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Empty(answer.SetCookies);
        Assert.Equal(200, (await client.PostAsync("/api/auth/token/refresh/", new { refresh = answer["refresh"] })).Status);
    }

    [Theory]
    [InlineData("a reset"), InlineData("a new password"), InlineData("the change itself"), InlineData("another change"), InlineData("its age"), InlineData("a deactivation")]
    public async Task EV_05_A_link_is_worth_nothing_after(string what)
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var (token, email) = (await server.Database.PlantChangeAsync(person, Some.Email()), person.Email);
        switch (what)
        {
            case "a reset":
                Assert.Equal(200, (await client.ResetAsync(await server.Database.PlantResetAsync(person))).Status);
                break;
            case "a new password":
                Assert.Equal(200, (await client.ChangePasswordAsync(person.Password, Some.OtherPassword)).Status);
                break;
            case "the change itself":
                Assert.Equal(200, (await client.ConfirmChangeAsync(token)).Status);
                email = null;
                break;
            case "another change":
                email = Some.Email();
                Assert.Equal(200, (await client.ConfirmChangeAsync(await server.Database.PlantChangeAsync(person, email))).Status);
                break;
            case "its age":
                await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = now() WHERE email = @email", ("email", person.Email));
                break;
            default:
                await server.Database.ChangeAsync(person, "is_active = false");
                break;
        }
        (await client.ConfirmChangeAsync(token)).AssertRefused(400, "invalid_token");
        Assert.True(email is null || await server.Database.UsersAsync(email) == 1);
    }

    [Fact]
    public async Task EV_05_It_kills_the_links_of_resets_and_verifications_to_the_address_from_before()
    {
        using var client = server.Client();
        var (person, verification) = await server.RegisterSomebodyAsync(client);
        var (reset, email) = (await server.Database.PlantResetAsync(person), Some.Email());
        Assert.Equal(200, (await client.ConfirmChangeAsync(await server.Database.PlantChangeAsync(person, email))).Status);
        (await client.ResetAsync(reset)).AssertRefused(400, "invalid_token");
        (await client.VerifyAsync(verification)).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.LiveTokensAsync(person with { Email = email }));
    }

    [Fact]
    public async Task EV_03_A_link_of_another_purpose_changes_no_address_and_this_one_does_nothing_else()
    {
        using var client = server.Client();
        var (person, verification) = await server.RegisterSomebodyAsync(client);
        (await client.ConfirmChangeAsync(verification)).AssertRefused(400, "invalid_token");
        (await client.ConfirmChangeAsync(await server.Database.PlantResetAsync(person))).AssertRefused(400, "invalid_token");
        var token = await server.Database.PlantChangeAsync(person, Some.Email());
        (await client.ResetAsync(token)).AssertRefused(400, "invalid_token");
        (await client.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "NOT email_verified"));
    }

    [Fact]
    public async Task EV_05_Who_has_got_the_address_meanwhile_keeps_it_and_the_link_stays_good()
    {
        using var client = server.Client();
        var (person, owner) = (await client.SignInSomebodyAsync(), Some.Person());
        var token = await server.ChangeTokenAsync(client, owner.Email.ToUpperInvariant());
        Assert.Equal(201, (await client.RegisterAsync(owner)).Status);
        var before = await server.Database.UserStateAsync(person);
        (await client.ConfirmChangeAsync(token)).AssertRefused(409, "email_taken");
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        Assert.Equal(1, await server.Database.LiveTokensAsync(person, "change"));
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task The_own_address_may_be_written_in_another_way()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var email = person.Email.ToUpperInvariant();
        Assert.Equal(200, (await client.ConfirmChangeAsync(await server.ChangeTokenAsync(client, email))).Status);
        Assert.Equal(1, await server.Database.UsersAsync(email, "email_verified"));
    }

    [Fact]
    public async Task EV_02_The_page_of_the_link_changes_nothing_by_being_opened()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var page = await client.GetAsync("/confirm-email");
        Assert.Equal((200, "text/html", "no-referrer"), (page.Status, page.MediaType, page.Header("Referrer-Policy")));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
    }
}
