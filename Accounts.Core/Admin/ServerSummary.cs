using Accounts.Core.Passkeys;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Users;
using Npgsql;

namespace Accounts.Core.Admin;

/// <summary>How many users there are, as they were counted last.</summary>
/// <param name="Users">those who have not left</param>
/// <param name="Verified">of them, by mail or by a provider</param>
/// <param name="Active">of them, who have signed in within the last 30 days</param>
/// <param name="WithFactor">of them, who have a second factor</param>
/// <param name="At">when they were counted</param>
public sealed record UserCounts(long Users, long Verified, long Active, long WithFactor, DateTimeOffset At);

/// <summary>What happened on a day, in UTC.</summary>
/// <param name="Day">which</param>
/// <param name="Registered">how many signed up</param>
/// <param name="SignIns">how many sessions began</param>
/// <param name="Failures">wrong passwords, and wrong codes of second factors</param>
public sealed record DaySummary(DateOnly Day, long Registered, long SignIns, long Failures);

/// <summary>Mails that have not left.</summary>
/// <param name="Queued">that wait, or are on their way</param>
/// <param name="OldestSeconds">since when the one has waited that waits longest; 0 where none does</param>
/// <param name="Parked">that were given up within the last week</param>
public sealed record OutboxSummary(long Queued, long OldestSeconds, long Parked);

/// <summary>
/// The state of the whole, for a dashboard. Days are counted as their events are numbered. Users are counted at most once a minute in a
/// process, and for at most a hundredth of its time, for that reads all of them; meanwhile those of before are told.
/// </summary>
public sealed class ServerSummary(NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    /// <summary>Today included.</summary>
    public const int Days = 30;

    private static readonly TimeSpan CountedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Of ten million users that takes seconds, and more while the disk is read.</summary>
    private const int CountingSeconds = 60;

    private const int Share = 100;

    private static readonly string[] Ways = [TotpFactor.Way, Passkey.Way];
    private readonly SemaphoreSlim counting = new(1);
    private volatile Counted? last;

    private sealed record Counted(UserCounts Counts, DateTimeOffset GoodUntil);

    public async Task<UserCounts> UsersAsync(CancellationToken cancellation)
    {
        if (Fresh is { } fresh)
        {
            return fresh.Counts;
        }
        if (!await counting.WaitAsync(last is null ? Timeout.Infinite : 0, cancellation))
        {
            return last!.Counts;
        }
        try
        {
            return (Fresh ?? (last = await CountAsync(cancellation))).Counts;
        }
        finally
        {
            counting.Release();
        }
    }

    private Counted? Fresh => last is { } known && time.GetUtcNow() < known.GoodUntil ? known : null;

    private async Task<Counted> CountAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        await using var command = database.CreateCommand($"""
            SELECT count(*), count(*) FILTER (WHERE u.email_verified), count(*) FILTER (WHERE u.last_login > clock_timestamp() - interval '30 days'), count(*) FILTER (WHERE u.ways && @ways)
            FROM users u WHERE {LiveUser.StaysSql}
            """);
        command.Parameters.AddWithValue("ways", Ways);
        command.CommandTimeout = CountingSeconds;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var (now, pause) = (time.GetUtcNow(), time.GetElapsedTime(began) * Share);
        return new(new UserCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), now), now + (pause > CountedEvery ? pause : CountedEvery));
    }

    /// <returns>oldest first, those on which nothing happened, too</returns>
    public async Task<DaySummary[]> DaysAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            SELECT day::date, coalesce(sum(count) FILTER (WHERE kind = 'registered'), 0)::bigint, coalesce(sum(count) FILTER (WHERE kind = 'signed_in'), 0)::bigint,
              coalesce(sum(count) FILTER (WHERE kind IN ('sign_in_failed', 'second_factor_failed')), 0)::bigint
            FROM (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date - n AS day FROM generate_series(0, @days - 1) n) days LEFT JOIN daily_counts USING (day)
            GROUP BY day ORDER BY day
            """);
        command.Parameters.AddWithValue("days", Days);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var days = new List<DaySummary>();
        while (await rows.ReadAsync(cancellation))
        {
            days.Add(new DaySummary(rows.GetFieldValue<DateOnly>(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)));
        }
        return [.. days];
    }

    public async Task<OutboxSummary> OutboxAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            SELECT count(*) FILTER (WHERE state IN ('queued', 'sending')),
              coalesce(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE state IN ('queued', 'sending'))), 0)::bigint,
              count(*) FILTER (WHERE state = 'abandoned' AND created_at > clock_timestamp() - interval '7 days')
            FROM outbox_messages WHERE state <> 'sent'
            """);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new OutboxSummary(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    public void Dispose() => counting.Dispose();
}
