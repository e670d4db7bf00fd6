using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Data;

/// <summary>What processes take turns at; the values are the lock's numbers in PostgreSQL.</summary>
public enum AdvisoryLock : long
{
    CreateDatabase = 0x4163_0001,
    SigningKeys = 0x4163_0002,
    Migrations = 0x4163_0003,
}

internal static class AdvisoryLocks
{
    /// <summary>Held until the caller's transaction ends.</summary>
    public static Task LockAsync(this AccountsDb db, AdvisoryLock key, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(long)key})", cancellation);

    /// <summary>The database's time at this instant.</summary>
    public static Task<DateTimeOffset> NowAsync(this AccountsDb db, CancellationToken cancellation) =>
        db.Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync(cancellation);
}
