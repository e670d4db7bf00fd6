using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Cookies;

/// <summary>Lets the browser that registered be recognised when the verification link is opened in it.</summary>
public sealed class RegistrationCookie(BrowserProof proofs, IOptions<SiteOptions> site)
{
    private string Name => SiteCookies.Name(site.Value, "registration");

    public void Set(HttpContext context, Guid userId)
    {
        var lifetime = MailedToken.VerifyLifetime;
        context.Response.Cookies.Append(
            Name, proofs.Issue(SecretUse.RegistrationCookies, userId, lifetime), SiteCookies.Attributes(site.Value, lifetime));
    }

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);
}
