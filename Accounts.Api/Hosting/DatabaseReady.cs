using Accounts.Core.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Accounts.Api.Hosting;

/// <summary>Ready: the server is not stopping, the database answers and writes, and this program's migrations are applied.</summary>
public sealed class DatabaseReady(DatabaseProbe database, Draining draining) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (draining.HasBegun)
        {
            return HealthCheckResult.Unhealthy("The server is stopping.");
        }
        return await database.FaultAsync(cancellationToken) is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy();
    }
}
