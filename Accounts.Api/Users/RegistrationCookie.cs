using Accounts.Api.Http;
using Accounts.Core;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Users;

/// <summary>Lets the browser that registered be recognised when the verification link is opened in it.</summary>
public sealed class RegistrationCookie(RegistrationProof proof, IOptions<SiteOptions> site)
{
    private string Name => site.Value.IsHttps ? "__Host-registration" : "registration";

    public void Set(HttpContext context, Guid userId) => context.Response.Cookies.Append(Name, proof.Issue(userId), new CookieOptions
    {
        HttpOnly = true,
        Secure = site.Value.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = EmailVerificationToken.VerifyLifetime,
        IsEssential = true,
    });

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);
}
