using Accounts.Development.Mailbox;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Where a way in is tried.</summary>
/// <param name="Server">with an account on it</param>
/// <param name="Provider">that it knows</param>
/// <param name="Owner">signed in, of a moment ago and by all that there is to prove</param>
/// <param name="Person">whose account it is</param>
internal sealed record MatrixPlace(TestServer Server, ProviderDouble Provider, ApiClient Owner, Person Person);

/// <summary>A way of signing in, up to where a session or a ticket comes of it. <see cref="WayMatrixTests"/> finds each that there is.</summary>
internal interface IWayIn
{
    /// <summary>What the way needs of the account, before a browser comes along.</summary>
    Task PrepareAsync(MatrixPlace place) => Task.CompletedTask;

    /// <param name="place">prepared</param>
    /// <param name="browser">in which nobody is signed in</param>
    /// <param name="headers">that say how the refresh token is to travel</param>
    Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers);
}

internal sealed class PasswordWay : IWayIn
{
    public Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers) =>
        browser.PostAsync("/api/auth/login/", new { email = place.Person.Email, password = place.Person.Password }, headers);
}

internal abstract class ProviderWay(Identity identity) : IWayIn
{
    public async Task PrepareAsync(MatrixPlace place) => Assert.Equal(200, (await place.Owner.ConnectAsync(place.Provider, identity)).Status);

    public Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers) => browser.PostAsync(
        $"/api/auth/social/{identity.Provider}/",
        new { code = place.Provider.Issue(identity, SocialSteps.Challenge(), $"{browser.Address}"), code_verifier = SocialSteps.Verifier }, headers);
}

internal sealed class GoogleWay() : ProviderWay(Identity.OfGoogle());

internal sealed class GitHubWay() : ProviderWay(Identity.OfGitHub());

/// <summary>A new identity of an account's address.</summary>
internal abstract class LinkWay : IWayIn
{
    public async Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers)
    {
        var offer = await browser.SignInAsync(place.Provider, Identity.OfGoogle(place.Person.Email));
        offer.AssertRefused(409, "account_exists");
        return await browser.PostAsync("/api/auth/social/link/", await ProofAsync(place, browser, offer["link_token"]!), headers);
    }

    protected abstract Task<object> ProofAsync(MatrixPlace place, ApiClient browser, string token);
}

internal sealed class LinkByPasswordWay : LinkWay
{
    protected override Task<object> ProofAsync(MatrixPlace place, ApiClient browser, string token) =>
        Task.FromResult<object>(new { link_token = token, password = place.Person.Password });
}

internal sealed class LinkByMailWay : LinkWay
{
    protected override async Task<object> ProofAsync(MatrixPlace place, ApiClient browser, string token)
    {
        Assert.Equal(200, (await browser.AskLinkCodeAsync(new { link_token = token })).Status);
        List<MailboxFolder.Delivered> mails = [];
        await Until.TrueAsync(
            () => Task.FromResult((mails = place.Server.Mailbox.To(place.Person.Email).FindAll(mail => mail.Subject.StartsWith("Your code", StringComparison.Ordinal))).Count > 0), "the mailed code");
        return new { link_token = token, code = LinkSteps.LinkCodeOf(mails[^1]) };
    }
}

/// <summary>A mail that the browser has sent, whose attempt comes back by cookie or in the body.</summary>
internal abstract class MailWay : IWayIn
{
    public async Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers)
    {
        var asked = await browser.PostAsync(EmailCodeSteps.Root, new { email = place.Person.Email }, headers);
        Assert.True(asked.Status == 200, asked.ToString());
        return await browser.PostAsync($"{EmailCodeSteps.Root}confirm/", Proof(await place.Server.CodeMailAsync(place.Person.Email), asked["attempt"]), headers);
    }

    protected abstract object Proof(MailboxFolder.Delivered mail, string? attempt);
}

internal sealed class MailedCodeWay : MailWay
{
    protected override object Proof(MailboxFolder.Delivered mail, string? attempt) =>
        attempt is null ? new { code = EmailCodeSteps.CodeOf(mail) } : new { code = EmailCodeSteps.CodeOf(mail), attempt };
}

internal sealed class MailedLinkWay : MailWay
{
    protected override object Proof(MailboxFolder.Delivered mail, string? attempt) =>
        attempt is null ? new { token = Mailbox.TokenOf(mail) } : new { token = Mailbox.TokenOf(mail), attempt };
}
