using Accounts.Tests.EmailChange;
using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>A session of before its user had to have a second factor goes on until it ends, and no other comes of it.</summary>
[Trait("Pace", "slow")]
public sealed class SessionOfBeforeTests(PolicyServers shared) : IClassFixture<PolicyServers>, IAsyncLifetime
{
    private readonly TestServer before = shared.Server, server = shared.For("everybody");
    private ApiClient owner = null!, browser = null!;
    private Person person = null!;

    /// <summary>The owner signs in, and then the policy is another.</summary>
    public async ValueTask InitializeAsync()
    {
        (owner, browser) = (before.Client(), server.Client());
        person = await before.SignInVerifiedAsync(owner);
        owner.Address = server.Address;
        owner.Access = (await owner.RefreshAsync()).Access;
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_03_A_new_password_ends_a_session_of_before_and_opens_none()
    {
        var changed = await owner.ChangePasswordAsync(person.Password, Some.OtherPassword);
        changed.AssertBody(200, """{"detail":"New password has been saved."}""");
        Assert.Empty(changed.SetCookies);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(401, (await owner.RefreshAsync()).Status);
        await browser.EnrolmentTicketAsync(person with { Password = Some.OtherPassword });
    }

    [Fact]
    public async Task SG_03_A_new_address_ends_a_session_of_before_and_opens_none()
    {
        var mailbox = Some.Email();
        (await owner.AskChangeAsync(mailbox, person.Password)).AssertBody(200, EmailChangeSteps.Asked);
        var confirmed = await owner.ConfirmChangeAsync(Mailbox.TokenOf(await before.Mailbox.WaitAsync(mailbox)));
        confirmed.AssertBody(200, """{"detail":"The address has been changed."}""");
        Assert.Empty(confirmed.SetCookies);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person with { Email = mailbox }));
        Assert.Equal(401, (await owner.RefreshAsync()).Status);
        await browser.EnrolmentTicketAsync(person with { Email = mailbox });
    }

    [Fact]
    public async Task SG_03_Who_proves_it_once_more_in_a_session_of_before_gets_a_ticket_and_no_token()
    {
        (await owner.ReauthenticateAsync(new { password = Some.OtherPassword })).AssertBody(400, """{"password":["Your password was entered incorrectly. Please enter it again."]}""");
        var answer = await owner.ReauthenticateAsync(new { password = person.Password });
        answer.AssertBody(403, $$"""{"detail":"You need a second factor here. Add one to go on.","code":"second_factor_enrolment_required","ticket":"{{answer["ticket"]}}","expires_in":900}""");
        Assert.Equal((0, 1), (await server.Database.EventsAsync(person, "reauthenticated"), await server.Database.LiveSessionsAsync(person)));
        Assert.Equal(200, (await owner.MeAsync()).Status);
        var enrolled = await before.EnrolAsync(browser, person, answer["ticket"]);
        enrolled.AssertProved("aal2", "pwd", "mail", "otp", "mfa");
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        (await owner.MeAsync()).AssertAccessRefused("revoked");
        browser.Access = enrolled.Access;
        (await browser.ReauthenticateAsync(new { code = enrolled.Codes()[0] })).AssertProved("aal2", "otp", "mfa");
        browser.Access = (await browser.ReauthenticateAsync(new { code = enrolled.Codes()[1] })).Access;
        var changed = await browser.ChangePasswordAsync(person.Password, Some.OtherPassword);
        Assert.True(changed is { Status: 200 } && changed["access"] is not null && !string.IsNullOrEmpty(changed.RefreshCookie), changed.ToString());
    }

    /// <summary>The session of before goes on as it was, and so does what the factor opens.</summary>
    [Fact]
    public async Task SG_03_The_session_that_comes_of_such_a_proof_travels_as_the_one_of_before()
    {
        using var app = before.Client();
        var login = await app.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password, remember = false }, ("X-Token-Transport", "body"));
        app.Address = server.Address;
        app.Access = (await app.PostAsync("/api/auth/token/refresh/", new { refresh = login["refresh"] })).Access;
        var answer = await app.ReauthenticateAsync(new { password = person.Password });
        answer.AssertRefused(403, "second_factor_enrolment_required");
        var enrolled = await before.EnrolAsync(browser, person, answer["ticket"]);
        Assert.Empty(enrolled.SetCookies);
        Assert.True(await server.Session(enrolled["refresh"]!).ReadAsync<bool>("transport = 'body' AND NOT persistent"));
    }
}
