using System.Text.Encodings.Web;
using Accounts.Api.Providers.OpenId;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.Presets;

/// <summary>LinkedIn, by OpenID Connect's userinfo. Who it is says <c>sub</c>, which is another for every app; an address counts where <c>email_verified</c> is exactly true.</summary>
public sealed class LinkedInHandler(IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OpenIdHandler(idTokens, options, loggers, encoder);
