using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Accounts.Api.Http;

/// <summary>Ready: the server is not stopping, the database answers, and this program's last migration is applied.</summary>
public sealed class DatabaseReady(AccountsDb db, NpgsqlDataSource database, Draining draining) : IHealthCheck
{
    private readonly string lastMigration = db.Database.GetMigrations().Last();

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (draining.HasBegun)
        {
            return HealthCheckResult.Unhealthy("The server is stopping.");
        }
        try
        {
            await using var command = database.CreateCommand("SELECT EXISTS (SELECT 1 FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = @last)");
            command.Parameters.AddWithValue("last", lastMigration);
            return await command.ExecuteScalarAsync(cancellationToken) is true
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database lacks a migration.");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"The database cannot be used: {DatabaseFailure.Reason(e)}");
        }
    }
}
