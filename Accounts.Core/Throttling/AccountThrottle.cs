using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>
/// Limits guesses per identifier, whether an account stands behind it or not. An attempt is counted before its
/// password is hashed, in one atomic statement that any number of nodes share, and forgotten when it succeeds. A known
/// device has a budget of its own, so that no attacker elsewhere can lock its owner out.
/// </summary>
public sealed class AccountThrottle(NpgsqlDataSource database, IOptions<ThrottlingOptions> options, Aftermath aftermath)
{
    /// <summary>After so long without an attempt the count starts anew.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    // A row that is blocked is not touched, and then fewer rows come back than were asked for. Of the two counters the
    // statement locks the smaller key first, everywhere: no deadlock.
    private const string Count = """
        INSERT INTO throttle_counters AS c (key, count, expires_at)
        SELECT key, 1, clock_timestamp() + @memory FROM unnest(@keys) AS key
        WHERE NOT EXISTS (SELECT FROM throttle_counters b WHERE b.key = ANY (@keys) AND b.blocked_until > clock_timestamp())
        ORDER BY key
        ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN c.expires_at <= clock_timestamp() THEN 1 ELSE c.count + 1 END,
            expires_at = clock_timestamp() + @memory,
            blocked_until = CASE WHEN c.expires_at > clock_timestamp() AND c.count >= (@free)[array_position(@keys, c.key)]
                THEN clock_timestamp() + least(@longest, interval '1 second' * power(2, least(c.count - (@free)[array_position(@keys, c.key)], 20))) END
        WHERE c.blocked_until IS NULL OR c.blocked_until <= clock_timestamp()
        RETURNING 1
        """;

    private const string Wait = "SELECT max(blocked_until) - clock_timestamp() FROM throttle_counters WHERE key = ANY (@keys)";

    private const string Forget = "DELETE FROM throttle_counters WHERE key = @key RETURNING count";

    private const string TakeBack = "UPDATE throttle_counters SET count = greatest(count - 1, 0), blocked_until = NULL WHERE key = @key";

    /// <param name="identifier">one for each account, however it was typed, and as it is compared: dodging the count by another spelling would be another account</param>
    /// <param name="knownDevice">names the device where it is a known one of this account; else null</param>
    /// <exception cref="ThrottledException">too many have failed; nothing has been counted</exception>
    public async Task<CountedAttempt> CountAsync(string identifier, Device device, string? knownDevice, CancellationToken cancellation)
    {
        var attempt = knownDevice is null ? ByNetwork(identifier, device) : ByDevice(identifier, knownDevice);
        if (options.Value.Enabled && await TryCountAsync(attempt, cancellation) < attempt.Keys.Length)
        {
            throw new ThrottledException(await WaitAsync(attempt, cancellation));
        }
        return attempt;
    }

    private CountedAttempt ByNetwork(string identifier, Device device) => CountedAttempt.Of(
        (Key("network", identifier, device.Network), options.Value.FreeFailures),
        (Key("identifier", identifier, ""), options.Value.FreeFailuresPerIdentifier));

    private CountedAttempt ByDevice(string identifier, string knownDevice) => CountedAttempt.Of(
        (Key("device", identifier, knownDevice), options.Value.FreeFailures));

    private static byte[] Key(string kind, string identifier, string from) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"sign-in|{kind}|{from}|{identifier}"));

    private async Task<int> TryCountAsync(CountedAttempt attempt, CancellationToken cancellation)
    {
        await using var command = Command(Count, attempt.Keys);
        command.Parameters.AddWithValue("free", attempt.Free);
        command.Parameters.AddWithValue("memory", Memory);
        command.Parameters.AddWithValue("longest", LongestDelay);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<TimeSpan> WaitAsync(CountedAttempt attempt, CancellationToken cancellation)
    {
        await using var command = Command(Wait, attempt.Keys);
        return await command.ExecuteScalarAsync(cancellation) is TimeSpan wait ? wait : TimeSpan.FromSeconds(1);
    }

    /// <summary>
    /// The attempt has succeeded: the failures before it from this network or device count no more. Of the counter that
    /// everybody shares only the attempt itself is taken back, or each sign-in of the owner would give an attack a new budget.
    /// </summary>
    /// <returns>whether they were so many that the owner should know</returns>
    public async Task<bool> ForgetAsync(CountedAttempt attempt, CancellationToken cancellation)
    {
        if (!options.Value.Enabled)
        {
            return false;
        }
        return await ExecuteAsync(attempt.Keys, key => key == attempt.Keys[0] ? Forget : TakeBack, cancellation) is int count && count > options.Value.FreeFailures;
    }

    /// <summary>
    /// The account has a new password, chosen by whoever reads its mail: what failed with the old one counts no more, or a
    /// flood of guesses would still keep the owner out. No device is a known one any more. The password is committed, so it never fails.
    /// </summary>
    public Task ForgetAllAsync(string identifier, Device device) =>
        aftermath.TryAsync(() => ExecuteAsync(ByNetwork(identifier, device).Keys, _ => Forget, CancellationToken.None));

    /// <summary>The attempt came to nothing: its password was not tried.</summary>
    public Task TakeBackAsync(CountedAttempt attempt) =>
        options.Value.Enabled ? ExecuteAsync(attempt.Keys, _ => TakeBack, CancellationToken.None) : Task.CompletedTask;

    /// <summary>A statement for each counter, in one commit, the smaller key first as where they are counted: no deadlock.</summary>
    /// <returns>the count that one of them had, null where none tells it</returns>
    private async Task<object?> ExecuteAsync(byte[][] keys, Func<byte[], string> text, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        foreach (var key in keys.OrderBy(key => key, Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other))))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(text(key)) { Parameters = { new("key", key) } });
        }
        return await batch.ExecuteScalarAsync(cancellation);
    }

    private NpgsqlCommand Command(string text, byte[][] keys)
    {
        var command = database.CreateCommand(text);
        command.Parameters.AddWithValue("keys", keys);
        return command;
    }
}

/// <summary>The counters of one attempt, its own first and then the shared one, and how much each allows.</summary>
public sealed record CountedAttempt(byte[][] Keys, int[] Free)
{
    internal static CountedAttempt Of(params (byte[] Key, int Free)[] counters) =>
        new([.. counters.Select(counter => counter.Key)], [.. counters.Select(counter => counter.Free)]);
}
