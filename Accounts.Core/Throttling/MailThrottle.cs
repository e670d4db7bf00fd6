using Accounts.Core.Data;
using Accounts.Core.Secrets;
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
public sealed class MailThrottle(AccountsDb db, BrowserProof proofs, IOptions<ThrottlingOptions> options)
{
    // Each window counts only when the one before has let it pass: hammering uses up a minute, never the day.
    private static readonly string Statement = $"""
        WITH minute AS ({CountedWindow.Statement("minute")}), hour AS ({CountedWindow.Statement("hour", "EXISTS (SELECT FROM minute)")}),
             day AS ({CountedWindow.Statement("day", "EXISTS (SELECT FROM hour)")})
        SELECT EXISTS (SELECT FROM day)
        """;

    /// <summary>Whether one more may go to the address now; if so, it is counted.</summary>
    public Task<bool> AdmitsAsync(EmailAddress address, CancellationToken cancellation) => AdmitsAsync(address, null, cancellation);

    /// <summary>The same for a user's own address, with the allowance of the device that asks where it is a known one of theirs.</summary>
    public Task<bool> AdmitsAsync(User user, Device device, CancellationToken cancellation) =>
        AdmitsAsync(user.Address, proofs.NameFor(SecretUse.DeviceCookies, device.Cookie, user.Id), cancellation);

    private async Task<bool> AdmitsAsync(EmailAddress address, string? knownDevice, CancellationToken cancellation)
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

    private static void Add(NpgsqlCommand command, string window, string counted, int limit) =>
        CountedWindow.AddTo(command, window, CountedWindow.Key($"mail|{window}|{counted}"), limit);

    private static string Folded(EmailAddress address)
    {
        var at = address.Key.IndexOf('@', StringComparison.Ordinal);
        var plus = address.Key.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && plus < at ? address.Key[..plus] + address.Key[at..] : address.Key;
    }
}
