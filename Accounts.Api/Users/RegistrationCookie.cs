using Accounts.Api.Http;
using Accounts.Core;
using Accounts.Core.Security;
using Accounts.Core.Tokens;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Users;

/// <summary>Lets the browser that registered be recognised when the verification link is opened in it.</summary>
public sealed class RegistrationCookie(BrowserProof proofs, IOptions<SiteOptions> site)
{
    private string Name => SiteCookies.Name(site.Value, "registration");

    public void Set(HttpContext context, Guid userId)
    {
        var lifetime = EmailVerificationToken.VerifyLifetime;
        context.Response.Cookies.Append(
            Name, proofs.Issue(SecretUse.RegistrationCookies, userId, lifetime), SiteCookies.Attributes(site.Value, lifetime));
    }

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);
}
