using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Admin;

/// <summary>
/// Records within a minute that a suspension was over: who was out is in by the clock alone, and whoever keeps data beside users has to hear of it. All nodes
/// are at it, and of each user one.
/// </summary>
public sealed partial class SuspensionEnds(NpgsqlDataSource database, ILogger<SuspensionEnds> log) : BackgroundService
{
    private const int Most = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>By the index of who is deactivated.</summary>
    private static readonly string End = $"""
        WITH over AS MATERIALIZED (SELECT u.id FROM users u WHERE {LiveUser.SuspensionOverSql} LIMIT {Most} FOR NO KEY UPDATE SKIP LOCKED),
        back AS (UPDATE users SET {LiveUser.LetInSql} FROM over WHERE users.id = over.id RETURNING users.id)
        INSERT INTO security_events (id, kind, user_id, at, ip, user_agent)
        SELECT gen_random_uuid(), '{SecurityEvent.Word(SecurityEventKind.SuspensionEnded)}', id, clock_timestamp(), '', '' FROM back
        """;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await TryEndAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TryEndAsync(CancellationToken stopping)
    {
        try
        {
            while (await EndAsync(stopping) == Most)
            {
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    /// <returns>of how many it was over</returns>
    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(End);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "That suspensions are over could not be recorded, and will be: {Reason}")]
    private partial void LogFailed(string reason);
}
