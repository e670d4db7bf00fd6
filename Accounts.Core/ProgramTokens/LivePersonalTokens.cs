using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Telemetry;
using Accounts.Core.Users;
using Npgsql;

namespace Accounts.Core.ProgramTokens;

/// <summary>A personal token that is good now, with its user, who has in it the roles of the token that they hold.</summary>
/// <param name="Id">its own</param>
/// <param name="Name">that its user has given it</param>
/// <param name="User">whose it is</param>
public sealed record LivePersonalToken(Guid Id, string Name, UserProfile User, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public Guid UserId => User.Id;

    internal bool IsOver { get; init; }

    internal bool IsFirstUseOfHour { get; init; }
}

/// <summary>Finds a personal token and its user by one statement, whose answer nothing remembers: what has ended is refused at the next use, on every node.</summary>
public sealed class LivePersonalTokens : IAsyncDisposable
{
    private const int OwnColumns = 7;

    /// <summary>To the hour: more nobody needs to know of a program, and once an hour alone it is written.</summary>
    private const string Hour = "date_trunc('hour', clock_timestamp(), 'UTC')";

    /// <summary>Passed over where somebody holds the row: of its last use nothing depends.</summary>
    private const string Touch = $"""
        UPDATE api_tokens SET last_used_at = {Hour} WHERE user_id = $1 AND id IN (
          SELECT t.id FROM api_tokens t WHERE t.user_id = $1 AND t.id = $2 AND (t.last_used_at IS NULL OR t.last_used_at < {Hour}) FOR NO KEY UPDATE SKIP LOCKED)
        """;

    /// <summary>Of a row, in the order in which <see cref="Read"/> reads it.</summary>
    private static readonly string Columns = string.Join(", ", Enumerable.Range(0, UserProfile.ColumnCount + OwnColumns).Select(n => $"c{n}"));

    private readonly StatementBatch<byte[], LivePersonalToken> batch;
    private readonly DatabasePools pools;

    public LivePersonalTokens(DatabasePools pools, AccountsMeter meter)
    {
        this.pools = pools;
        batch = new(pools, $"""
            SELECT {Columns}, asked.n FROM {AskedRequests.Table("token_hash")}, LATERAL (
              SELECT {UserProfile.Columns}, t.id, t.name, t.roles, t.created_at, t.expires_at,
                t.expires_at <= clock_timestamp(), t.last_used_at IS NULL OR t.last_used_at < {Hour}
              FROM api_tokens t JOIN users u ON u.id = t.user_id
              WHERE t.token_hash = asked.token_hash AND t.epoch = u.sessions_epoch AND {LiveUser.Sql}
              LIMIT 1) live ({Columns})
            """, static (parameters, requests) => parameters.AddColumn(requests, hash => hash), Read) { Measured = new(meter, "personal_token") };
    }

    /// <summary>Null for one that is not good.</summary>
    public async Task<LivePersonalToken?> FindAsync(string token, CancellationToken cancellation) =>
        PersonalTokenText.IsWhole(token) && await AskAsync(token, cancellation) is { IsOver: false } found ? await UsedAsync(found, cancellation) : null;

    /// <exception cref="AuthenticationFailedException">it is not good</exception>
    public async Task<LivePersonalToken> DemandAsync(string token, CancellationToken cancellation)
    {
        if (!PersonalTokenText.IsWhole(token))
        {
            throw AuthenticationFailedException.AccessToken(TokenRejection.Invalid);
        }
        return await AskAsync(token, cancellation) switch
        {
            null => throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked),
            { IsOver: true } => throw AuthenticationFailedException.AccessToken(TokenRejection.Expired),
            var found => await UsedAsync(found, cancellation),
        };
    }

    private Task<LivePersonalToken?> AskAsync(string token, CancellationToken cancellation) => batch.RunAsync(OpaqueToken.Hash(token), cancellation);

    private async Task<LivePersonalToken> UsedAsync(LivePersonalToken found, CancellationToken cancellation)
    {
        if (found.IsFirstUseOfHour)
        {
            await using var command = pools.Requests.CreateCommand(Touch);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = found.UserId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = found.Id });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        return found;
    }

    private static LivePersonalToken Read(NpgsqlDataReader row)
    {
        const int own = UserProfile.ColumnCount;
        var user = UserProfile.Read(row);
        var roles = PersonalToken.Cut(row.GetFieldValue<string[]>(own + 2), user.Roles);
        return new LivePersonalToken(row.GetGuid(own), row.GetString(own + 1), user with { Roles = roles }, row.GetFieldValue<DateTimeOffset>(own + 3), row.GetFieldValue<DateTimeOffset>(own + 4))
        {
            IsOver = row.GetBoolean(own + 5),
            IsFirstUseOfHour = row.GetBoolean(own + 6),
        };
    }

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
