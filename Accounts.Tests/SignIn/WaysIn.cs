using Accounts.Development.Mailbox;
using Accounts.Tests.Deletion;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Where a way in is tried.</summary>
/// <param name="Server">with an account on it</param>
/// <param name="Provider">that it knows</param>
/// <param name="Owner">signed in, of a moment ago and by all that there is to prove</param>
/// <param name="Person">whose account it is</param>
/// <param name="Factor">theirs; null for none</param>
internal sealed record MatrixPlace(TestServer Server, ProviderDouble Provider, ApiClient Owner, Person Person, Enrolled? Factor)
{
    /// <summary>As it is after a reset.</summary>
    public Person Changed => Person with { Password = Some.OtherPassword };
}

/// <summary>A way of signing in, up to where a session or a ticket comes of it. <see cref="WayMatrixTests"/> finds each that there is.</summary>
internal interface IWayIn
{
    /// <summary>Whether it proves two factors by itself, so that nothing is due.</summary>
    bool IsByTwo => false;

    /// <summary>Whether all that there was ends with it: sessions, and the trust in devices.</summary>
    bool EndsAll => false;

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

internal sealed class PasskeyWay : IWayIn
{
    private SoftwareAuthenticator? authenticator;

    public bool IsByTwo => true;

    public async Task PrepareAsync(MatrixPlace place)
    {
        authenticator = place.Owner.Authenticator();
        Assert.Equal(201, (await place.Owner.AddPasskeyAsync(authenticator)).Status);
    }

    public async Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers)
    {
        var begun = await browser.BeginSignInAsync();
        // It knows pages of the server that it was made at.
        var passkey = authenticator!.Get(begun.PublicKey(), ceremony => ceremony.Origin = browser.Address.GetLeftPart(UriPartial.Authority));
        return await browser.PostAsync("/api/auth/login/passkey/finish/", new { state = begun["state"], passkey }, headers);
    }
}

/// <summary>A forgotten password, and the new one.</summary>
internal sealed class ResetWay : IWayIn
{
    public bool EndsAll => true;

    public async Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers)
    {
        var reset = await browser.ResetAsync(await place.Server.ResetTokenAsync(browser, place.Person));
        Assert.True(reset.Status == 200 && reset.RefreshCookie is null && reset["access"] is null, reset.ToString());
        return await new PasswordWay().EnterAsync(place with { Person = place.Changed }, browser, headers);
    }
}

/// <summary>An account that its owner has deleted, and wants back.</summary>
internal sealed class RestoreWay : IWayIn
{
    public bool EndsAll => true;

    public async Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers)
    {
        // The only administrator could not leave.
        using var colleague = place.Server.Client();
        await place.Server.Database.ChangeAsync(await colleague.RegisterSomebodyAsync(), "roles = '{admin}', email_verified = true");
        Assert.Equal(204, (await place.Owner.DeleteAccountAsync(place.Person.Password)).Status);
        return await browser.PostAsync("/api/auth/login/", new { email = place.Person.Email, password = place.Person.Password, restore = true }, headers);
    }
}

/// <summary>"This wasn't me": the account is had back, by the second factor of before, and by a new password.</summary>
internal sealed class RecoverWay : IWayIn
{
    public bool EndsAll => true;

    public async Task<Answer> EnterAsync(MatrixPlace place, ApiClient browser, params (string Name, string Value)[] headers)
    {
        await place.Server.Database.CloseWindowsAsync(place.Person);
        await place.Server.Database.ExecuteAsync("UPDATE account_changes SET at = at - interval '8 days' WHERE email = @email", ("email", place.Person.Email));
        Assert.Equal(200, (await browser.ResetAsync(await place.Server.ResetTokenAsync(browser, place.Person), "stolen-tulips-44")).Status);
        Assert.Equal(200, (await browser.FreezeAsync(await place.Server.RecoveryTokenAsync(place.Person.Email, RecoverySteps.Changed))).Status);
        var token = await place.Server.RecoveryTokenAsync(place.Person.Email, RecoverySteps.Frozen);
        var answer = place.Factor is null ? await browser.RecoverAsync(token) : await browser.RecoverWithAsync(token, place.Factor.RecoveryCodes[3]);
        Assert.True(answer.Status == 200 && answer.RefreshCookie is null && answer["access"] is null, answer.ToString());
        return await new PasswordWay().EnterAsync(place with { Person = place.Changed }, browser, headers);
    }
}
