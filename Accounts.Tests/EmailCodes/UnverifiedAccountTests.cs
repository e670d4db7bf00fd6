using Accounts.Tests.EmailChange;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Recovery;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>Who reads the mail signs in to an account that somebody else may have made.</summary>
public sealed class UnverifiedAccountTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>, IDisposable
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient squatter = shared.Server.Client(), owner = shared.Server.Client();

    public void Dispose()
    {
        squatter.Dispose();
        owner.Dispose();
    }

    [Theory]
    [InlineData("the code"), InlineData("the link")]
    public async Task RE_06_The_password_the_sessions_and_what_was_begun_are_gone_at_once(string by)
    {
        var (person, mailbox) = (await squatter.SignInSomebodyAsync(), Some.Email());
        var verification = await server.Mailbox.TokenAsync(person.Email);
        Assert.Equal(200, (await squatter.AskChangeAsync(mailbox, person.Password)).Status);
        var change = await server.Mailbox.TokenAsync(mailbox);
        var reset = await server.ResetTokenAsync(squatter, person);
        var (token, code) = await server.MailedCodeAsync(owner, person.Email);
        var answer = by == "the code" ? await owner.SignInByCodeAsync(code) : await owner.SignInByLinkAsync(token);
        Assert.True(answer.Status == 200, answer.ToString());
        var user = answer.Json.GetProperty("user");
        Assert.Equal((true, false, 0), (user.GetProperty("email_verified").GetBoolean(), user.GetProperty("has_password").GetBoolean(), user.GetProperty("ways").GetArrayLength()));
        await squatter.AssertOutAsync();
        (await squatter.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        (await squatter.ConfirmChangeAsync(change)).AssertRefused(400, "invalid_token");
        (await squatter.ResetAsync(reset)).AssertRefused(400, "invalid_token");
        Assert.Equal(200, (await owner.VerifyAsync(verification)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND verified_by = 'code' AND password_hash IS NULL"));
        Assert.Equal((1, 1), (await server.Database.EventsAsync(person, "user_reclaimed"), await server.Database.EventsAsync(person, "email_verified")));
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(200, (await owner.MeAsync(answer.Access)).Status);
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(person.Email, "is yours now").Count == 1), "its owner is told");
    }

    [Fact]
    public async Task RE_06_An_identity_that_came_with_the_address_is_gone()
    {
        var identity = Identity.OfFacebook();
        squatter.Access = (await squatter.SignInAsync(provider, identity)).Access;
        var (_, code) = await server.MailedCodeAsync(owner, identity.Email);
        Assert.Equal(200, (await owner.SignInByCodeAsync(code)).Status);
        await squatter.AssertOutAsync();
        (await squatter.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
        Assert.Equal((0, 1), (await server.Database.AccountsAsync(identity), await server.Database.UsersAsync(identity.Email, "email_verified AND ways = '{}'")));
    }

    [Fact]
    public async Task RE_06_A_wrong_code_and_one_that_is_refused_take_nothing_away()
    {
        var person = await squatter.SignInSomebodyAsync();
        await server.Database.ChangeAsync(person, "frozen_until = now() + interval '1 day'");
        var (_, code) = await server.MailedCodeAsync(owner, person.Email);
        var before = await server.Database.UserStateAsync(person);
        (await owner.SignInByCodeAsync(PasswordSteps.Wrong(code))).AssertBody(400, EmailCodeSteps.Refused);
        (await owner.SignInByCodeAsync(code)).AssertRefused(403, "account_frozen");
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        Assert.Equal(0, await server.Database.EventsAsync(person, "user_reclaimed"));
    }

    [Theory]
    [InlineData("same browser"), InlineData("elsewhere"), InlineData("reset")]
    public async Task An_account_whose_address_is_verified_keeps_everything(string state)
    {
        var holder = await new AccountStates(server, provider).MakeAsync(state, squatter);
        Assert.Equal(200, (await squatter.ConnectAsync(provider, Identity.OfGitHub())).Status);
        const string Kept = "SELECT concat(password_hash, security_stamp, verified_by, verified_at, ways, sessions_epoch) FROM users WHERE email = @email";
        var before = await server.Database.ScalarAsync<string>(Kept, ("email", holder.Email));
        var (_, code) = await server.MailedCodeAsync(owner, holder.Email);
        Assert.Equal(200, (await owner.SignInByCodeAsync(code)).Status);
        Assert.Equal(before, await server.Database.ScalarAsync<string>(Kept, ("email", holder.Email)));
        Assert.Equal(200, (await squatter.RefreshAsync()).Status);
        Assert.Equal(0, await server.Database.EventsAsync(holder.Person, "user_reclaimed"));
    }
}
