using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.OpenId;

/// <summary>Any provider of OpenID Connect, by its issuer. Who it is say issuer and <c>sub</c> together: another issuer's <c>sub</c> is somebody else's.</summary>
public class OidcHandler(
    OidcDiscovery discovery, IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OpenIdHandler(idTokens, options, loggers, encoder)
{
    public override async Task PrepareAsync(CancellationToken cancellation) => Options.Use(await discovery.FindAsync(Options, cancellation));

    public override bool TryPrepare()
    {
        if (discovery.Known(Options) is not { } known)
        {
            return false;
        }
        Options.Use(known);
        return true;
    }

    protected override ExternalProfile Profile(string uid, JsonElement person)
    {
        var profile = base.Profile(uid, person);
        return profile with { EmailVerified = profile.EmailVerified && Options.TrustsEmail };
    }
}
