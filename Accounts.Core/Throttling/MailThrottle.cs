using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>
/// Limits the mails to one address that anybody can cause by a request, plus-tags folded. Whoever asks is not told. Counts
/// in the caller's transaction, on its connection: a second one while the first is held would empty the pool under load.
/// A known device has an allowance of its own, so that nobody elsewhere can use up the owner's.
/// </summary>
public sealed class MailThrottle(AccountsDb db, IOptions<ThrottlingOptions> options)
{
    // Each window counts only when the one before has let it pass: hammering uses up a minute, never the day.
    private static readonly string Statement = $"""
        WITH minute AS ({Window("minute", "true")}), hour AS ({Window("hour", "EXISTS (SELECT FROM minute)")}),
             day AS ({Window("day", "EXISTS (SELECT FROM hour)")})
        SELECT EXISTS (SELECT FROM day)
        """;

    private static string Window(string name, string condition) => $"""
        INSERT INTO throttle_counters AS c (key, count, expires_at)
        SELECT @{name}, 1, clock_timestamp() + interval '1 {name}' WHERE {condition}
        ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN c.expires_at <= clock_timestamp() THEN 1 ELSE c.count + 1 END,
            expires_at = CASE WHEN c.expires_at <= clock_timestamp() THEN clock_timestamp() + interval '1 {name}' ELSE c.expires_at END
        WHERE c.expires_at <= clock_timestamp() OR c.count < @per_{name}
        RETURNING 1
        """;

    /// <summary>Whether one more may go to the address now; if so, it is counted.</summary>
    public Task<bool> AdmitsAsync(EmailAddress address, CancellationToken cancellation) => AdmitsAsync(address, null, cancellation);

    /// <inheritdoc cref="AdmitsAsync(EmailAddress, CancellationToken)"/>
    /// <param name="address">where it would go</param>
    /// <param name="knownDevice">names the device that asks, where it is a known one of the address's user; else null</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<bool> AdmitsAsync(EmailAddress address, string? knownDevice, CancellationToken cancellation)
    {
        if (!options.Value.Enabled)
        {
            return true;
        }
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = Command(knownDevice is null ? Folded(address) : $"{Folded(address)}|{knownDevice}");
            return await command.ExecuteScalarAsync(cancellation) is true;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private NpgsqlCommand Command(string counted)
    {
        var command = new NpgsqlCommand(
            Statement, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        Add(command, "minute", counted, options.Value.MailsPerMinute);
        Add(command, "hour", counted, options.Value.MailsPerHour);
        Add(command, "day", counted, options.Value.MailsPerDay);
        return command;
    }

    private static void Add(NpgsqlCommand command, string window, string counted, int limit)
    {
        command.Parameters.AddWithValue(window, SHA256.HashData(Encoding.UTF8.GetBytes($"mail|{window}|{counted}")));
        command.Parameters.AddWithValue($"per_{window}", limit);
    }

    private static string Folded(EmailAddress address)
    {
        var at = address.Key.IndexOf('@', StringComparison.Ordinal);
        var plus = address.Key.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && plus < at ? address.Key[..plus] + address.Key[at..] : address.Key;
    }
}
