using System.Runtime.CompilerServices;
using Npgsql;

namespace Accounts.Core.Checkup;

/// <summary>This machine's clock against the database's, by which sessions live: access tokens are made and checked by this one's.</summary>
public sealed class ClockCheck(NpgsqlDataSource database, TimeProvider time) : ICheck
{
    private static readonly TimeSpan Tolerable = TimeSpan.FromSeconds(2);

    public string Name => "clock";

    public string WhenWell => "This machine's clock and the database's agree.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var before = time.GetUtcNow();
        var there = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellation))!);
        var after = time.GetUtcNow();
        // It was asked somewhere between the two: only what lies outside of both is a difference.
        var difference = there < before ? there - before : there > after ? there - after : TimeSpan.Zero;
        if (difference.Duration() > Tolerable)
        {
            yield return Fault.Problem(
                $"This machine's clock is {Math.Round(difference.Duration().TotalSeconds)} s {(difference > TimeSpan.Zero ? "behind" : "ahead of")} the database's: tokens expire at the wrong time, and codes of authenticator apps are refused. Let both follow a time server (chrony, systemd-timesyncd).");
        }
    }
}
