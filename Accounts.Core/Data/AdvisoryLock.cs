using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Data;

/// <summary>What processes take turns at; the values are the lock's numbers in PostgreSQL.</summary>
public enum AdvisoryLock : long
{
    CreateDatabase = 0x4163_0001,
    SigningKeys = 0x4163_0002,
    Migrations = 0x4163_0003,
    Administrators = 0x4163_0004,
    EventNumbers = 0x4163_0005,
    Import = 0x4163_0006,
    EndedSessionNumbers = 0x4163_0007,
}

internal static class AdvisoryLocks
{
    /// <summary>Held until the caller's transaction ends. A turn is waited for as long as the caller's own time limit says, not as a row.</summary>
    public static async Task LockAsync(this AccountsDb db, AdvisoryLock key, CancellationToken cancellation)
    {
        await db.Database.ExecuteSqlAsync($"SET LOCAL lock_timeout = 0", cancellation);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(long)key})", cancellation);
    }

    /// <summary>The database's time at this instant.</summary>
    public static Task<DateTimeOffset> NowAsync(this AccountsDb db, CancellationToken cancellation) =>
        db.Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync(cancellation);
}
