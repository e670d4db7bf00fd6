using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.Presets;

/// <summary>
/// Google, by OpenID Connect. Who it is says <c>sub</c>; an address counts where <c>email_verified</c> is exactly true. Google
/// gives out the addresses of Gmail and of the organisations that it keeps (<c>hd</c>); of any other it has seen a mail
/// answered, maybe by who had it before.
/// </summary>
public sealed class GoogleHandler(IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OpenIdHandler(idTokens, options, loggers, encoder)
{
    protected override ExternalProfile Weigh(ExternalProfile profile, JsonElement? signed) => profile with
    {
        IsAuthoritative = profile is { EmailVerified: true, Email.Domain: var domain }
            && (domain is "gmail.com" or "googlemail.com" || string.Equals(signed?.Text("hd"), domain, StringComparison.OrdinalIgnoreCase)),
    };
}
