using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Cookies;

/// <summary>
/// Lets the codes that a browser has mailed count in it and nowhere else. One name stands for all of its mails, whatever the address,
/// and lasts as long as the last of their codes.
/// </summary>
public sealed class AttemptCookie(BrowserProof proofs, RegistrationCookie registration, IOptions<SiteOptions> site)
{
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
    /// <param name="attempt">the browser's name</param>
    /// <param name="lifetime">of the code that is mailed now</param>
    /// <param name="earlier">what it was given before; null for none</param>
    public string Issue(Guid attempt, TimeSpan lifetime, string? earlier) => proofs.Issue(SecretUse.Attempts, attempt, Longer(lifetime, earlier));

    public void Set(HttpContext context, Guid attempt, TimeSpan lifetime)
    {
        var longer = Longer(lifetime, Read(context));
        context.Response.Cookies.Append(Name, proofs.Issue(SecretUse.Attempts, attempt, longer), SiteCookies.Attributes(site.Value, longer));
    }

    /// <summary>The code of a mail of before may be good for longer: told by the minute, so that no two answers differ by the second.</summary>
    private TimeSpan Longer(TimeSpan lifetime, string? earlier) =>
        proofs.LeftOf(SecretUse.Attempts, earlier) is var left && left > lifetime ? TimeSpan.FromMinutes(Math.Ceiling(left.TotalMinutes)) : lifetime;
}
