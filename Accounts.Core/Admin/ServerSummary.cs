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
/// process, for it reads all of them.
/// </summary>
public sealed class ServerSummary(NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    /// <summary>Today included.</summary>
    public const int Days = 30;

    private static readonly TimeSpan CountedEvery = TimeSpan.FromMinutes(1);
    private static readonly string[] Ways = [TotpFactor.Way, Passkey.Way];
    private readonly SemaphoreSlim counting = new(1);
    private UserCounts? counted;

    public async Task<UserCounts> UsersAsync(CancellationToken cancellation)
    {
        await counting.WaitAsync(cancellation);
        try
        {
            return counted = counted is { } fresh && time.GetUtcNow() - fresh.At < CountedEvery ? fresh : await CountAsync(cancellation);
        }
        finally
        {
            counting.Release();
        }
    }

    private async Task<UserCounts> CountAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            SELECT count(*), count(*) FILTER (WHERE u.email_verified), count(*) FILTER (WHERE u.last_login > clock_timestamp() - interval '30 days'), count(*) FILTER (WHERE u.ways && @ways)
            FROM users u WHERE {LiveUser.StaysSql}
            """);
        command.Parameters.AddWithValue("ways", Ways);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new UserCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), time.GetUtcNow());
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
