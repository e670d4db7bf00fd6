using System.Net;
using Accounts.Core.Failures;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>Limits the registrations of one client address at all processes together. Who signs up writes rows anyway: one more costs little.</summary>
public sealed class RegistrationThrottle(NpgsqlDataSource database, IOptions<ThrottlingOptions> options)
{
    private readonly SharedWindow hour = new(database, "hour");

    /// <exception cref="ThrottledException">too many</exception>
    public async Task DemandAsync(IPAddress address, CancellationToken cancellation)
    {
        var key = CountedWindow.Key($"registration|{Device.ClientOf(address)}");
        if (options.Value.Enabled && await hour.CountAsync(key, options.Value.RegistrationsPerHour, cancellation) is { } wait)
        {
            throw new ThrottledException(wait);
        }
    }
}
