using System.Runtime.CompilerServices;
using System.Text.Json;
using Accounts.Api.Providers;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Checkup;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Checkup;

/// <summary>Asks every provider that is set up what it makes of our client id and secret, by a code that nobody was given.</summary>
public sealed class ProvidersCheck(
    IEnumerable<ProviderRegistration> kinds, IOptionsMonitor<SocialProvider> options, IOptions<SiteOptions> site, OidcDiscovery discovery, TimeProvider time) : ICheck
{
    /// <summary>Of RFC 6749 section 5.2, and GitHub's.</summary>
    private static readonly string[] Unknown = ["invalid_client", "unauthorized_client", "incorrect_client_credentials"];

    private const string NoCode = "accounts-check";

    public string Name => "providers";

    public string WhenWell => "Every provider that is set up answers and knows our client.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var faults = await Task.WhenAll(kinds.Where(kind => kind.StandsIn is null && options.Get(kind.Name).IsOn).Select(kind => FaultAsync(kind, cancellation)));
        foreach (var fault in faults.OfType<Fault>())
        {
            yield return fault;
        }
    }

    private async Task<Fault?> FaultAsync(ProviderRegistration kind, CancellationToken cancellation)
    {
        var provider = options.Get(kind.Name);
        var callback = $"{site.Value.Origin}/api/auth/social/{kind.Name}/callback/";
        try
        {
            if (kind.Handler.IsAssignableTo(typeof(OidcHandler)))
            {
                provider.Use(await discovery.FindAsync(provider, cancellation));
            }
            var secret = provider.MakeSecret?.Invoke(time.GetUtcNow()) ?? provider.ClientSecret;
            var (_, refusal) = await TokenExchange.RedeemAsync(provider, secret, new AuthorizationCode(NoCode, new string('x', 43), callback, null), cancellation);
            return refusal?.Error is { } error && Unknown.Contains(error)
                ? Fault.Problem($"{provider.Title} does not know our client id, or the secret is another ({error}): compare the ClientId and ClientSecret in Accounts__Social with what it shows for this application.")
                : refusal?.Error == "redirect_uri_mismatch"
                ? Fault.Problem($"{provider.Title} does not send anybody to {callback}: enter that address there as a redirect URI.")
                : null;
        }
        catch (UnavailableException)
        {
            return Fault.Problem($"What {provider.Title} publishes of itself at {provider.Issuer.TrimEnd('/')}/.well-known/openid-configuration cannot be read, or names another issuer: correct its Issuer in Accounts__Social, to the letter.");
        }
        catch (Exception e) when (ProviderHttp.IsAway(e) && !cancellation.IsCancellationRequested)
        {
            return Fault.Problem($"{provider.Title} cannot be asked at {provider.TokenEndpoint}: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Fault.Problem($"What answers for {provider.Title} at {provider.TokenEndpoint} is no token endpoint: correct its TokenUrl or Issuer in Accounts__Social.");
        }
    }
}
