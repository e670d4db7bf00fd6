using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Cookies;

/// <summary>Remembers that a user has signed in on this device, so that an attack on the account elsewhere does not lock its owner out here.</summary>
public sealed class DeviceCookie(BrowserProof proofs, IOptions<SiteOptions> site)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private string Name => SiteCookies.Name(site.Value, "device");

    public string? Read(HttpContext context) => RequestCookies.Single(context.Request, Name);

    /// <summary>A device that is known already keeps its name.</summary>
    public void Set(HttpContext context, Guid userId)
    {
        if (proofs.NameFor(SecretUse.DeviceCookies, Read(context), userId) is null)
        {
            context.Response.Cookies.Append(Name, proofs.Issue(SecretUse.DeviceCookies, userId, Lifetime), SiteCookies.Attributes(site.Value, Lifetime));
        }
    }
}
