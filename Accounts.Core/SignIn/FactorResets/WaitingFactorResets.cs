using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn.FactorResets;

/// <summary>Resets of second factors that wait for their day to be over.</summary>
public sealed class WaitingFactorResets(AccountsDb db, SignInMethods methods, FactorResetNotice notice, SecurityLog events, TimeProvider time)
{
    /// <summary>One that waits already stays as it is, and is not told once more. Saved by the caller, who holds the user's row.</summary>
    /// <returns>when the factors go</returns>
    /// <exception cref="ConflictException">the user has none</exception>
    public async Task<DateTimeOffset> AskAsync(User user, Actor actor, CancellationToken cancellation)
    {
        if (methods.FactorsOf(user.Ways).Length == 0)
        {
            throw new ConflictException(ErrorCode.NoSecondFactor);
        }
        if (await db.FactorResets.AsNoTracking().SingleOrDefaultAsync(r => r.UserId == user.Id, cancellation) is { } waiting)
        {
            return waiting.EffectiveAt;
        }
        var reset = FactorReset.Of(user, actor, await db.ReadClockAsync(cancellation));
        db.FactorResets.Add(reset);
        await notice.AddAsync(new FactorResetAskedMail(reset.EffectiveAt), user, cancellation);
        return reset.EffectiveAt;
    }

    /// <summary>A factor was used: it is not lost, and none goes. In the caller's transaction, which proves it, and saved by the caller.</summary>
    public async Task UsedAsync(User user, Device device, CancellationToken cancellation)
    {
        if (await db.EndFactorResetAsync(user.Id, cancellation))
        {
            events.Add(SecurityEventKind.UserFactorResetCancelled, user.Id, null, device);
            await notice.AddAsync(new FactorResetCancelledMail().Of(device, time.GetUtcNow()), user, cancellation);
        }
    }
}
