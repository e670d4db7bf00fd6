using Accounts.Core.Failures;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.OpenId;

/// <summary>
/// Reads what issuers publish before the first request, so that a new node shows the buttons that the others show. It waits a moment for them, and for
/// those that are away not at all: they are asked again when somebody looks.
/// </summary>
public sealed class IssuerGreeting(IEnumerable<ProviderRegistration> kinds, IOptionsMonitor<SocialProvider> options, OidcDiscovery discovery) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var issuers = kinds.Where(kind => kind.Handler.IsAssignableTo(typeof(OidcHandler))).Select(kind => options.Get(kind.Name)).Where(provider => provider.IsOn);
        return Task.WhenAny(Task.WhenAll(issuers.Select(provider => GreetAsync(provider, cancellationToken))), Task.Delay(Patience, cancellationToken));
    }

    private async Task GreetAsync(SocialProvider provider, CancellationToken cancellation)
    {
        try
        {
            await discovery.FindAsync(provider, cancellation);
        }
        catch (Exception e) when (e is UnavailableException or OperationCanceledException)
        {
            // The log tells why.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
