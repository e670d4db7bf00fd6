using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>What has become of a try.</summary>
public enum FactorTry
{
    Right,
    Wrong,
    /// <summary>Wrong, and the last one that is looked at for a while.</summary>
    Last,
}

/// <summary>
/// Limits wrong codes of one user's authenticator apps, whatever ticket or session they come with, at all nodes together. A try is counted before
/// its code is looked at, so that none of any number at once is missed, and taken back where it was right. A known device has a budget of its own,
/// and recovery codes and passkeys, which nobody guesses, have none: whoever has somebody's password locks them out of nothing (SG-04).
/// </summary>
public sealed class FactorThrottle(NpgsqlDataSource database, KnownDevices devices, IOptions<ThrottlingOptions> options)
{
    /// <summary>In a quarter of an hour, which begins with the first.</summary>
    public const int MostWrong = 10;

    private readonly SharedWindow quarter = new(database, "quarter"), hour = new(database, "hour");

    /// <summary>Outside of a transaction: it has a connection of its own, and what it counts stays whatever becomes of the act.</summary>
    /// <param name="user">whose codes they are</param>
    /// <param name="device">that the code was typed on</param>
    /// <param name="fits">looks at the code</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="ThrottledException">too many have been wrong: this one has been neither looked at nor counted</exception>
    public async Task<FactorTry> TryAsync(User user, Device device, Func<Task<bool>> fits, CancellationToken cancellation)
    {
        if (!options.Value.Enabled)
        {
            return await fits() ? FactorTry.Right : FactorTry.Wrong;
        }
        var key = CountedWindow.Key($"factor|Totp|{user.Id:N}|{devices.NameFor(device.Cookie, user)}");
        var (number, wait) = await quarter.NumberAsync(key, MostWrong, cancellation);
        if (wait is not null)
        {
            throw new ThrottledException(wait.Value);
        }
        if (await fits())
        {
            await quarter.TakeBackAsync(key, CancellationToken.None);
            return FactorTry.Right;
        }
        return number == MostWrong ? FactorTry.Last : FactorTry.Wrong;
    }

    /// <summary>Whether the user is to be told by mail that codes are closed: once an hour, however often they are.</summary>
    public async Task<bool> AdmitsMailAsync(User user, CancellationToken cancellation) =>
        await hour.CountAsync(CountedWindow.Key($"factor-mail|{user.Id:N}"), 1, cancellation) is null;
}
