using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Microsoft.Extensions.Options;
using Npgsql;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Development.Testing;

/// <summary>A refresh token that is used by a thief; what was lent to its session for that is taken back at the end.</summary>
public sealed class StolenToken(PresentedToken presented, Func<Task> giveBack) : IAsyncDisposable
{
    public PresentedToken Presented => presented;

    public async ValueTask DisposeAsync() => await giveBack();
}

/// <summary>
/// Makes a refresh token of a session that a thief could have. The server keeps the hash of a session's secret alone: whoever brings no token of it
/// has another secret lent to the session, for as long as the theft takes.
/// </summary>
public sealed class StolenTokens(DatabasePools pools, IOptions<SessionOptions> options)
{
    private const string Lend = "UPDATE sessions SET secret_hash = @to WHERE user_id = @user AND id = @id AND secret_hash = @from";

    private const string Leave = """
        UPDATE sessions SET created_at = created_at - @by, rotated_at = rotated_at - @by, auth_time = auth_time - @by WHERE user_id = @user AND id = @id
        """;

    /// <param name="session">whose it is</param>
    /// <param name="known">a token of it; null for none</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<StolenToken> OfAsync(Session session, RefreshToken? known, CancellationToken cancellation)
    {
        if (known is not null)
        {
            return new StolenToken(new PresentedToken(known, session.Transport), () => Task.CompletedTask);
        }
        var lent = new RefreshToken(session.UserId, session.Id, session.Generation, RandomNumberGenerator.GetBytes(RefreshToken.SecretLength));
        await SetAsync(lent, session.SecretHash, lent.SecretHash, cancellation);
        return new StolenToken(
            new PresentedToken(lent, session.Transport), () => SetAsync(lent, lent.SecretHash, session.SecretHash, CancellationToken.None));
    }

    /// <summary>As if the leeway since the last refresh had passed.</summary>
    public async Task LeaveLeewayAsync(RefreshToken token, CancellationToken cancellation)
    {
        await using var command = Command(Leave, token);
        command.Parameters.AddWithValue("by", options.Value.ReuseLeeway + TimeSpan.FromSeconds(1));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task SetAsync(RefreshToken token, byte[] from, byte[] to, CancellationToken cancellation)
    {
        await using var command = Command(Lend, token);
        command.Parameters.AddWithValue("from", from);
        command.Parameters.AddWithValue("to", to);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string text, RefreshToken token)
    {
        var command = pools.Requests.CreateCommand(text);
        command.Parameters.AddWithValue("user", token.UserId);
        command.Parameters.AddWithValue("id", token.SessionId);
        return command;
    }
}
