using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.Presets;

/// <summary>
/// Apple, by OpenID Connect: the answer comes as a form, the client secret is signed by us, and the person's name is told
/// once, beside the first code and never again. An address may be one of Apple's relays, which takes mail of registered senders alone.
/// </summary>
public sealed class AppleHandler(
    OidcDiscovery discovery, IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OidcHandler(discovery, idTokens, options, loggers, encoder)
{
    public override async Task<ExternalProfile> FetchAsync(AuthorizationCode redemption)
    {
        var profile = await base.FetchAsync(redemption);
        var (first, last) = Names(redemption.Told);
        return profile with { FirstName = first, LastName = last };
    }

    /// <summary>Apple's page: <c>email_verified</c> is a text or a truth value.</summary>
    protected override ExternalProfile Profile(string uid, JsonElement person)
    {
        var profile = base.Profile(uid, person);
        return profile with { EmailVerified = profile.EmailVerified || (profile.Email is not null && person.Text("email_verified") == "true") };
    }

    /// <summary>Told by the browser and not by Apple, so good for a suggestion and nothing more.</summary>
    private static (string First, string Last) Names(string? told)
    {
        try
        {
            using var json = JsonDocument.Parse(told ?? "{}");
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.Object
                ? (name.Name("firstName"), name.Name("lastName"))
                : ("", "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ("", "");
        }
    }
}
