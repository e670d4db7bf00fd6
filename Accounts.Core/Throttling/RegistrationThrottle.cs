using System.Net;
using System.Net.Sockets;
using Accounts.Core.Failures;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>
/// Limits the registrations of one client address, and of the /48 that it lies in, at all processes together. Who signs up writes rows anyway: one
/// more costs little.
/// </summary>
public sealed class RegistrationThrottle(NpgsqlDataSource database, IOptions<ThrottlingOptions> options)
{
    private readonly SharedWindow hour = new(database, "hour");

    /// <exception cref="ThrottledException">too many</exception>
    public async Task DemandAsync(IPAddress address, CancellationToken cancellation)
    {
        if (!options.Value.Enabled)
        {
            return;
        }
        foreach (var (key, limit) in Budgets(address))
        {
            if (await hour.CountAsync(key, limit, cancellation) is { } wait)
            {
                throw new ThrottledException(wait);
            }
        }
    }

    /// <summary>For one that could not be looked at: whoever comes again as they were told must not find that it counted.</summary>
    public async Task TakeBackAsync(IPAddress address)
    {
        if (!options.Value.Enabled)
        {
            return;
        }
        foreach (var (key, _) in Budgets(address))
        {
            await hour.TakeBackAsync(key, CancellationToken.None);
        }
    }

    private IEnumerable<(byte[] Key, int Limit)> Budgets(IPAddress address)
    {
        var limit = options.Value.RegistrationsPerHour;
        yield return (CountedWindow.Key($"registration|{Device.ClientOf(address)}"), limit);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            yield return (CountedWindow.Key($"registration|{Device.SiteOf(address)}"), limit * ClientThrottle.ClientsPerSite);
        }
    }
}
