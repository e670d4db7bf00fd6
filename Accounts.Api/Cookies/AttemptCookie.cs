using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Cookies;

/// <summary>
/// Lets the codes that a browser has mailed count in it and nowhere else. One name stands for all of its mails, whatever the address,
/// and lasts as long as the latest of them.
/// </summary>
public sealed class AttemptCookie(BrowserProof proofs, RegistrationCookie registration, IOptions<SiteOptions> site)
{
    private static readonly TimeSpan Lifetime = MailedToken.VerifyLifetime;

    private string Name => SiteCookies.Name(site.Value, "attempt");

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);

    /// <summary>The browser's name: the one that it has, by having registered or asked before, or a new one.</summary>
    /// <param name="context">of the request</param>
    /// <param name="given">what a client without cookies was given before; null for none</param>
    public Guid Of(HttpContext context, string? given) => AllOf(context, given) is [var name, ..] ? name : Guid.CreateVersion7();

    /// <summary>Every name that the browser has: the codes that were mailed for any of them count in it.</summary>
    /// <param name="context">of the request</param>
    /// <param name="given">what a client without cookies was given before; null for none</param>
    public Guid[] AllOf(HttpContext context, string? given) => proofs.AttemptsOf([given, .. registration.Read(context), Read(context)]);

    /// <summary>For a client without cookies, which sends it back beside the code.</summary>
    public string Issue(Guid attempt) => proofs.Issue(SecretUse.Attempts, attempt, Lifetime);

    public void Set(HttpContext context, Guid attempt) =>
        context.Response.Cookies.Append(Name, Issue(attempt), SiteCookies.Attributes(site.Value, Lifetime));
}
