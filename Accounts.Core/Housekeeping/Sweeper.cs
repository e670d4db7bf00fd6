using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Housekeeping;

/// <summary>
/// Removes what has had its time. Nothing depends on it: what is over is over without it. It walks each table by its
/// pages, a bounded stretch at a time with a pause between, so that it needs no index on what every request changes and
/// nobody feels it. Two processes at it at once only share the work.
/// </summary>
public sealed partial class Sweeper(NpgsqlDataSource database, IOptions<SessionOptions> sessions, ILogger<Sweeper> log) : BackgroundService
{
    /// <summary>With the pause 16 MB a second at most: a table that is larger than PostgreSQL's cache must not push out at once what requests need.</summary>
    private const int PagesAtATime = 100;
    private const long PageSize = 8192;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);
    /// <summary>How long a session that is over by its age stays.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What may go, table by table. Ends are kept for a while, to answer "what happened to my session".</summary>
    private readonly (string Table, string Over)[] rules =
    [
        ("sessions s", $"s.ended_at < clock_timestamp() - interval '30 days' OR s.created_at < clock_timestamp() - {LiveSessionRule.Interval(sessions.Value.AbsoluteLifetime + Grace)} OR s.rotated_at < clock_timestamp() - {LiveSessionRule.Interval(sessions.Value.IdleLifetime + Grace)}"),
        ("email_verification_tokens t", "t.expires_at < clock_timestamp() - interval '7 days'"),
        ("outbox_messages m", "m.state = 'sent' AND m.sent_at < clock_timestamp() - interval '7 days' OR m.state = 'abandoned' AND m.created_at < clock_timestamp() - interval '30 days'"),
        ("security_events e", "e.at < clock_timestamp() - interval '180 days'"),
        ("throttle_counters c", "c.expires_at < clock_timestamp()"),
        ("social_states o", "o.expires_at < clock_timestamp()"),
        ("link_tokens l", "l.expires_at < clock_timestamp()"),
        ("signing_keys k", "k.revoked_at < clock_timestamp() - interval '30 days'"),
        ("users u", "NOT u.email_verified AND u.last_login IS NULL AND u.date_joined < clock_timestamp() - interval '30 days' AND cardinality(u.roles) = 0 AND NOT EXISTS (SELECT FROM social_accounts a WHERE a.user_id = u.id)"),
    ];

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        // Spread, so that nodes started together do not all begin at once.
        await Task.Delay(Interval * Random.Shared.NextDouble(), stopping);
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await TrySweepAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TrySweepAsync(CancellationToken stopping)
    {
        try
        {
            await SweepAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    /// <summary>One round over all tables.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        foreach (var (table, over) in rules)
        {
            var swept = await SweepAsync(table, over, cancellation);
            if (swept > 0)
            {
                LogSwept(swept, table.Split(' ')[0]);
            }
        }
    }

    private async Task<int> SweepAsync(string table, string over, CancellationToken cancellation)
    {
        var swept = 0;
        var alias = table.Split(' ')[1];
        var pages = await PagesAsync(table.Split(' ')[0], cancellation);
        for (long page = 0; page < pages; page += PagesAtATime)
        {
            var statement = $"""
                DELETE FROM {table} WHERE {alias}.ctid >= '({page},0)'::tid AND {alias}.ctid < '({page + PagesAtATime},0)'::tid
                AND ({over})
                """;
            await using var command = database.CreateCommand(statement);
            command.CommandTimeout = 60;
            swept += await command.ExecuteNonQueryAsync(cancellation);
            await Task.Delay(Pause, cancellation);
        }
        return swept;
    }

    private async Task<long> PagesAsync(string table, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT pg_relation_size('{table}')");
        return ((long)(await command.ExecuteScalarAsync(cancellation))! + PageSize - 1) / PageSize;
    }

    [LoggerMessage(LogLevel.Information, "Swept {Count} rows of {Table}")]
    private partial void LogSwept(int count, string table);

    [LoggerMessage(LogLevel.Warning, "The sweep was broken off and will be tried again: {Reason}")]
    private partial void LogFailed(string reason);
}
