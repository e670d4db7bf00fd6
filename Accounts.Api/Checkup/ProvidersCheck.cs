using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Accounts.Api.Providers;
using Accounts.Api.Social;
using Accounts.Core.Checkup;
using Accounts.Core.Failures;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Checkup;

/// <summary>Asks every provider that is set up what it makes of our client id and secret, and of the addresses that it is to send browsers back to.</summary>
public sealed class ProvidersCheck(
    IEnumerable<ProviderRegistration> kinds, IOptionsMonitor<SocialProvider> options, ReturnUrls pages, ProviderTrial trial) : ICheck
{
    /// <summary>Of RFC 6749 section 5.2, Google's of clients that were, and GitHub's: of a secret, and of an id that it never gave.</summary>
    private static readonly string[] Unknown = ["invalid_client", "unauthorized_client", "deleted_client", "disabled_client", "incorrect_client_credentials", "Not Found"];

    private const string Elsewhere = "redirect_uri_mismatch";

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
        if (!await trial.TryPrepareAsync(kind, provider, cancellation))
        {
            return Fault.Problem($"What {provider.Title} publishes of itself at {provider.Issuer.TrimEnd('/')}/.well-known/openid-configuration cannot be read, or names another issuer: correct its Issuer in Accounts__Social, to the letter.");
        }
        try
        {
            var addresses = Addresses(provider);
            return Told(provider, addresses, await Task.WhenAll(addresses.Select(address => trial.AskAsync(provider, address, cancellation))));
        }
        catch (UnavailableException)
        {
            return Fault.Problem($"What answers for {provider.Title} at {provider.TokenEndpoint} fails, redirects or shows a page: it is out of order, or no token endpoint. Correct its TokenUrl or Issuer in Accounts__Social, or wait.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Fault.Problem($"{provider.Title} does not answer at {provider.TokenEndpoint} within {ProviderHttp.Limit.TotalSeconds} seconds: look whether this machine may call it (firewall, proxy).");
        }
        catch (Exception e) when (ProviderHttp.IsAway(e) && !cancellation.IsCancellationRequested)
        {
            return Fault.Problem($"{provider.Title} cannot be asked at {provider.TokenEndpoint}: {e.GetBaseException().Message}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Fault.Problem($"What answers for {provider.Title} at {provider.TokenEndpoint} is no token endpoint: correct its TokenUrl or Issuer in Accounts__Social.");
        }
    }

    /// <summary>Our callback, and the pages that a script has people sent back to. A form goes to the callback alone.</summary>
    private string[] Addresses(SocialProvider provider) => provider.FormPost ? [pages.Callback(provider.Name)] : [pages.Callback(provider.Name), .. pages.RedirectUris];

    /// <summary>Who drives the flow from one side alone has entered that side's address alone.</summary>
    private static Fault? Told(SocialProvider provider, string[] addresses, ProviderVerdict[] verdicts)
    {
        if (verdicts.SelectMany(verdict => verdict.Words).FirstOrDefault(word => Unknown.Contains(word)) is { } unknown)
        {
            return Fault.Problem($"{provider.Title} does not know our client id, or the secret is another ({unknown}): compare the ClientId and ClientSecret in Accounts__Social with what it shows for this application.");
        }
        if (Array.TrueForAll(verdicts, verdict => verdict.Words.Contains(Elsewhere)))
        {
            return Fault.Problem($"{provider.Title} does not send anybody to {string.Join(" or ", addresses)}: enter {(addresses.Length == 1 ? "that address" : "the one that you use")} there as a redirect URI.");
        }
        return Array.TrueForAll(verdicts, verdict => verdict.Shown is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.NotFound)
            ? Fault.Warning($"{provider.Title} answers {(int)verdicts[0].Shown!} to browsers that set out to sign in there: it may not know our client id, or be meant to send nobody to {string.Join(" or ", addresses)}. Begin a sign-in, and read what its page says.")
            : null;
    }
}
