using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Profile;

/// <summary>
/// Gives users of before, and those of an older node beside this one, what their names look like. Of two that look alike already the one
/// that is first has it, and both stay who they are: nobody else can take such a name.
/// </summary>
public sealed partial class UsernameShapes(NpgsqlDataSource database, ILogger<UsernameShapes> log) : BackgroundService
{
    private const int AtATime = 500;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private static readonly string Lacking = $"SELECT id, username FROM users WHERE username_shape IS NULL AND id > @after ORDER BY id LIMIT {AtATime}";

    private const string Give = """
        UPDATE users SET username_shape = @shape WHERE id = @id AND username = @username AND username_shape IS NULL
          AND NOT EXISTS (SELECT FROM users other WHERE other.username_shape = @shape)
        """;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!await TryGiveAllAsync(stopping))
        {
            await Task.Delay(Again, stopping);
        }
    }

    private async Task<bool> TryGiveAllAsync(CancellationToken stopping)
    {
        try
        {
            await GiveAllAsync(stopping);
            return true;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
            return false;
        }
    }

    public async Task GiveAllAsync(CancellationToken cancellation)
    {
        var after = Guid.Empty;
        while (await LackingAsync(after, cancellation) is [.., var last] users)
        {
            foreach (var (id, username) in users)
            {
                await GiveAsync(id, username, cancellation);
            }
            after = last.Id;
        }
    }

    private async Task<List<(Guid Id, string Username)>> LackingAsync(Guid after, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Lacking);
        command.CommandTimeout = 60;
        command.Parameters.AddWithValue("after", after);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var users = new List<(Guid, string)>();
        while (await reader.ReadAsync(cancellation))
        {
            users.Add((reader.GetGuid(0), reader.GetString(1)));
        }
        return users;
    }

    private async Task GiveAsync(Guid id, string username, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Give);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("username", username);
        command.Parameters.AddWithValue("shape", Username.ShapeOf(username));
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Somebody has just taken such a name.
        }
    }

    [LoggerMessage(LogLevel.Warning, "What usernames look like could not be written down for all users; it is tried again in a minute: {Reason}")]
    private partial void LogFailed(string reason);
}
