using Accounts.Core.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Accounts.Api.Hosting;

/// <summary>Ready: the server is not stopping, the database answers and can write, and this program's migrations are applied.</summary>
public sealed class DatabaseReady(NpgsqlDataSource database, DatabaseWrites writes, Draining draining) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (draining.HasBegun)
        {
            return HealthCheckResult.Unhealthy("The server is stopping.");
        }
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await writes.DemandAsync(connection, cancellationToken);
            return await MigrationHistory.ReadAsync(connection, cancellationToken) == SchemaState.Complete
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database lacks a migration.");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"The database cannot be used: {DatabaseFailure.Reason(e)}");
        }
    }
}
