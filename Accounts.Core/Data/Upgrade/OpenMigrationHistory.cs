using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations.Internal;

namespace Accounts.Core.Data.Upgrade;

/// <summary>
/// The history without EF Core's own lock, which keeps everybody from reading it for as long as a migration takes: the nodes
/// that serve meanwhile would not be ready. Migrations are applied by one process at a time anyhow.
/// </summary>
#pragma warning disable EF1001 // There is no public class to derive from.
internal sealed class OpenMigrationHistory(HistoryRepositoryDependencies dependencies) : NpgsqlHistoryRepository(dependencies)
{
    public override LockReleaseBehavior LockReleaseBehavior => LockReleaseBehavior.Explicit;

    public override IMigrationsDatabaseLock AcquireDatabaseLock() => new NoLock(this);

    public override Task<IMigrationsDatabaseLock> AcquireDatabaseLockAsync(CancellationToken cancellationToken = default) => Task.FromResult(AcquireDatabaseLock());

    private sealed class NoLock(IHistoryRepository history) : IMigrationsDatabaseLock
    {
        public IHistoryRepository HistoryRepository => history;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
