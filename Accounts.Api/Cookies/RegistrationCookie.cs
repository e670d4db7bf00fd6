using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Cookies;

/// <summary>Lets the browser that registered be recognised when the verification link is opened in it, whichever of the last few it registered.</summary>
public sealed class RegistrationCookie(BrowserProof proofs, IOptions<SiteOptions> site)
{
    private const int Most = 5;

    private const char Between = '.';

    private static readonly TimeSpan Lifetime = MailedToken.VerifyLifetime;

    private string Name => SiteCookies.Name(site.Value, "registration");

    /// <summary>For a client without cookies, which sends it back when the address is confirmed.</summary>
    public string Issue(Guid userId) => proofs.Issue(SecretUse.RegistrationCookies, userId, Lifetime);

    /// <summary>Beside those that the browser registered before, the latest first.</summary>
    public void Set(HttpContext context, Guid userId)
    {
        var earlier = Read(context).Where(proof => proofs.SubjectOf(SecretUse.RegistrationCookies, proof) is { } subject && subject != userId);
        var value = string.Join(Between, earlier.Take(Most - 1).Prepend(Issue(userId)));
        context.Response.Cookies.Append(Name, value, SiteCookies.Attributes(site.Value, Lifetime));
    }

    public string[] Read(HttpContext context) => RequestCookies.Single(context.Request, Name)?.Split(Between) ?? [];
}
