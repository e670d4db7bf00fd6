using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>
/// Limits wrong tries of the codes that are mailed to one address, of whatever act, whoever types them and whether anybody has the address. A
/// try is counted before its code is looked at, so that none of any number at once is missed, and taken back where it was right. Past the
/// limit codes are closed, and they alone: passwords, providers and links in mails are not counted here. Codes of a session, or of a first factor,
/// are counted by themselves.
/// </summary>
public sealed class CodeThrottle(NpgsqlDataSource database, IOptions<ThrottlingOptions> options)
{
    /// <summary>In a day, which begins with the first.</summary>
    public const int MostWrong = 20;

    private readonly SharedWindow day = new(database, "day");

    /// <param name="address">that the code was mailed to</param>
    /// <param name="isKnown">whether who types it has shown a session, or a first factor: strangers, who need nothing, close no codes of theirs</param>
    /// <param name="fits">looks at the code</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>whether it is the right one</returns>
    /// <exception cref="ThrottledException">too many have been wrong: this one has been neither looked at nor counted</exception>
    public async Task<bool> TryAsync(EmailAddress address, bool isKnown, Func<bool> fits, CancellationToken cancellation)
    {
        if (!options.Value.Enabled)
        {
            return fits();
        }
        var key = CountedWindow.Key($"code|{(isKnown ? "known|" : "")}{address.Key}");
        if (await day.CountAsync(key, MostWrong, cancellation) is { } wait)
        {
            throw new ThrottledException(wait);
        }
        var isRight = fits();
        if (isRight)
        {
            await day.TakeBackAsync(key, cancellation);
        }
        return isRight;
    }
}
