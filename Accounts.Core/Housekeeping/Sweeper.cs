using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Housekeeping;

/// <summary>
/// Removes what has had its time. Nothing depends on it: what is over is over without it. It walks each table by its
/// pages, a bounded stretch at a time with a pause between, so that it needs no index on what every request changes and
/// nobody feels it. Two processes at it at once only share the work.
/// </summary>
public sealed partial class Sweeper(NpgsqlDataSource database, IEnumerable<SweepRule> rules, ILogger<Sweeper> log) : BackgroundService
{
    /// <summary>
    /// With the pause 16 MB a second at most: a table that is larger than PostgreSQL's cache must not push out at once what
    /// requests need.
    /// </summary>
    private const int PagesAtATime = 100;
    private const long PageSize = 8192;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

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
        foreach (var rule in rules)
        {
            var swept = await SweepAsync(rule, cancellation);
            if (swept > 0)
            {
                LogSwept(swept, rule.Table);
            }
        }
    }

    private async Task<int> SweepAsync(SweepRule rule, CancellationToken cancellation)
    {
        var swept = 0;
        var pages = await PagesAsync(rule.Table, cancellation);
        for (long page = 0; page < pages; page += PagesAtATime)
        {
            var stretch = $"{rule.Table}.ctid >= '({page},0)'::tid AND {rule.Table}.ctid < '({page + PagesAtATime},0)'::tid";
            if (rule.Mark is { } mark)
            {
                await ExecuteAsync($"UPDATE {rule.Table} SET {mark.Set} WHERE {stretch} AND ({mark.Where})", cancellation);
            }
            swept += await ExecuteAsync($"DELETE FROM {rule.Table} WHERE {stretch} AND ({rule.Over})", cancellation);
            await Task.Delay(Pause, cancellation);
        }
        return swept;
    }

    private async Task<int> ExecuteAsync(string statement, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(statement);
        command.CommandTimeout = 60;
        return await command.ExecuteNonQueryAsync(cancellation);
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
