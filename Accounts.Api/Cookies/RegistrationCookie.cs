using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Cookies;

/// <summary>Lets the browser that registered be recognised when the verification link is opened in it.</summary>
public sealed class RegistrationCookie(BrowserProof proofs, IOptions<SiteOptions> site)
{
    private static readonly TimeSpan Lifetime = MailedToken.VerifyLifetime;

    private string Name => SiteCookies.Name(site.Value, "registration");

    /// <summary>For a client without cookies, which sends it back when the address is confirmed.</summary>
    public string Issue(Guid userId) => proofs.Issue(SecretUse.RegistrationCookies, userId, Lifetime);

    public void Set(HttpContext context, Guid userId) =>
        context.Response.Cookies.Append(Name, Issue(userId), SiteCookies.Attributes(site.Value, Lifetime));

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);
}
