using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.Presets;

/// <summary>
/// Microsoft, by OpenID Connect. Who it is say tenant and object id (<c>tid</c>, <c>oid</c>): <c>sub</c> is another for
/// every application, and an address is whatever the tenant's administrator writes there, so none counts as verified.
/// </summary>
public sealed class MicrosoftHandler(
    OidcDiscovery discovery, IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OidcHandler(discovery, idTokens, options, loggers, encoder)
{
    protected override ExternalProfile Profile(string uid, JsonElement person) =>
        base.Profile(Uid(person.Text("oid")), person) with { Issuer = person.Text("iss")! };
}
