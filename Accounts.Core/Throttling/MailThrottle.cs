using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>
/// Limits the mails to one address that anybody can cause by a request, for each purpose by itself. Whoever asks is not told. Counts
/// in the caller's transaction, on its connection: a second one while the first is held would empty the pool under load.
/// A known device has an allowance of its own, so that nobody elsewhere can use up the owner's.
/// </summary>
public sealed partial class MailThrottle(
    AccountsDb db, KnownDevices devices, IOptions<ThrottlingOptions> options, IHostEnvironment environment, ILogger<MailThrottle> log)
{
    // Each window counts only when the one before has let it pass: hammering uses up a minute, never the day. Null where the mail may go;
    // else how long the full windows last. One that others have filled beside this statement it does not see: a minute has begun, then.
    private static readonly string Statement = $"""
        WITH minute AS ({CountedWindow.Statement("minute")}), hour AS ({CountedWindow.Statement("hour", "EXISTS (SELECT FROM minute)")}),
             day AS ({CountedWindow.Statement("day", "EXISTS (SELECT FROM hour)")})
        SELECT CASE WHEN NOT EXISTS (SELECT FROM day) THEN coalesce(
            (SELECT max(c.expires_at) - clock_timestamp() FROM throttle_counters c
             JOIN (VALUES (@minute, @per_minute), (@hour, @per_hour), (@day, @per_day)) AS w (key, most) ON w.key = c.key AND c.count >= w.most
             WHERE c.expires_at > clock_timestamp()),
            interval '1 minute') END
        """;

    /// <summary>Whether one more may go to the address now; if so, it is counted.</summary>
    public async Task<bool> AdmitsAsync(MailPurpose purpose, EmailAddress address, CancellationToken cancellation) =>
        await CountAsync(purpose, address, Mailbox(address), cancellation) is null;

    /// <summary>The same for a user's own address, with the allowance of the device that asks where it is a known one of theirs.</summary>
    public async Task<bool> AdmitsAsync(MailPurpose purpose, User user, Device device, CancellationToken cancellation) =>
        await CountAsync(purpose, user, device, cancellation) is null;

    /// <summary>For who has shown already to be the user, and may be told: who waits for a code is not to wait for one that does not come.</summary>
    /// <exception cref="ThrottledException">no more goes there for a while</exception>
    public async Task DemandAsync(MailPurpose purpose, User user, Device device, CancellationToken cancellation)
    {
        if (await CountAsync(purpose, user, device, cancellation) is { } wait)
        {
            throw new ThrottledException(wait);
        }
    }

    private Task<TimeSpan?> CountAsync(MailPurpose purpose, User user, Device device, CancellationToken cancellation)
    {
        var counted = user.EmailConfirmed ? user.Address.Key : Mailbox(user.Address);
        var knownDevice = devices.NameFor(device.Cookie, user);
        return CountAsync(purpose, user.Address, knownDevice is null ? counted : $"{counted}|{knownDevice}", cancellation);
    }

    /// <summary>For whoever has sent away who had verification mails sent to the address: those were not theirs.</summary>
    public Task<int> ForgetAsync(EmailAddress address, CancellationToken cancellation)
    {
        var keys = from purpose in new[] { MailPurpose.SignUp, MailPurpose.Verification }
                   from window in new[] { "minute", "hour", "day" }
                   select Key(window, $"{purpose}|{Mailbox(address)}");
        return db.ThrottleCounters.Where(counter => keys.Contains(counter.Key)).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Null where it has been counted, and may go.</summary>
    private async Task<TimeSpan?> CountAsync(MailPurpose purpose, EmailAddress address, string counted, CancellationToken cancellation)
    {
        if (!options.Value.Enabled || await WaitAsync($"{purpose}|{counted}", cancellation) is not { } wait)
        {
            return null;
        }
        var rounded = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
        if (environment.IsDevelopment())
        {
            LogWithheldFrom(purpose, address, rounded);
        }
        else
        {
            LogWithheld(purpose, rounded);
        }
        return rounded;
    }

    /// <summary>Null where it has been counted.</summary>
    private async Task<TimeSpan?> WaitAsync(string counted, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = Command(counted);
            return await command.ExecuteScalarAsync(cancellation) as TimeSpan?;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private NpgsqlCommand Command(string counted)
    {
        var command = db.Command(Statement);
        Add(command, "minute", counted, options.Value.MailsPerMinute);
        Add(command, "hour", counted, options.Value.MailsPerHour);
        Add(command, "day", counted, options.Value.MailsPerDay);
        return command;
    }

    private static void Add(NpgsqlCommand command, string window, string counted, int limit) =>
        CountedWindow.AddTo(command, window, Key(window, counted), limit);

    private static byte[] Key(string window, string counted) => CountedWindow.Key($"mail|{window}|{counted}");

    /// <summary>
    /// All tags of a mailbox share one allowance, for anybody can make up as many as they like, and the address without a tag has its own:
    /// made-up ones do not use it up. An address that is verified counts for itself: nobody else could have made it up.
    /// </summary>
    private static string Mailbox(EmailAddress address)
    {
        var at = address.Key.IndexOf('@', StringComparison.Ordinal);
        var plus = address.Key.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && plus < at ? address.Key[..(plus + 1)] + address.Key[at..] : address.Key;
    }

    [LoggerMessage(LogLevel.Warning, "A mail to {Address} ({Purpose}) is not sent: its limit is reached (Accounts__Throttling__MailsPerMinute and its neighbours). It may be asked for again in {Wait}")]
    private partial void LogWithheldFrom(MailPurpose purpose, EmailAddress address, TimeSpan wait);

    [LoggerMessage(LogLevel.Warning, "A mail ({Purpose}) is not sent: the limit of its address is reached. It may be asked for again in {Wait}")]
    private partial void LogWithheld(MailPurpose purpose, TimeSpan wait);
}
