using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.SecondFactor.Totp;

/// <summary>Looks at codes of a user's authenticator apps, by the database's clock, which all nodes share.</summary>
public sealed partial class TotpCodes(AccountsDb db, SecretBox box, ILogger<TotpCodes> log)
{
    /// <summary>At once: a code is good once, and no earlier one after it.</summary>
    /// <returns>whether it was a good one</returns>
    public async Task<bool> SpendAsync(User user, string code, CancellationToken cancellation)
    {
        var now = await db.ReadClockAsync(cancellation);
        foreach (var factor in await db.TotpFactors.AsNoTracking().Where(f => f.UserId == user.Id && f.ConfirmedAt != null).ToListAsync(cancellation))
        {
            if (StepOf(factor, code, now) is { } step && await SpendAsync(factor, step, cancellation))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Of any number that bring the code of one step, one has it.</summary>
    private async Task<bool> SpendAsync(TotpFactor factor, long step, CancellationToken cancellation) => await db.TotpFactors
        .Where(f => f.Id == factor.Id && f.UserId == factor.UserId && f.ConfirmedAt != null && (f.LastStep == null || f.LastStep < step))
        .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step).SetProperty(f => f.LastUsedAt, _ => AccountsDb.ClockTimestamp()), cancellation) == 1;

    private long? StepOf(TotpFactor factor, string code, DateTimeOffset now)
    {
        try
        {
            return TimeCode.StepOf(factor.Open(box), code, now, factor.LastStep);
        }
        catch (CryptographicException)
        {
            LogUnreadable(factor.Id);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "The seed of the authenticator app {Factor} was sealed under another secret key: its user has recovery codes alone. Add that key to Accounts__PreviousSecretKeys")]
    private partial void LogUnreadable(Guid factor);
}
