using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

/// <summary>Google, by OpenID Connect. Who it is says <c>sub</c>; an address counts where <c>email_verified</c> is exactly true.</summary>
public sealed class GoogleHandler(IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OpenIdHandler(idTokens, options, loggers, encoder);
