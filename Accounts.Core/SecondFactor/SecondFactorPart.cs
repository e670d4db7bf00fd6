using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SecondFactor;

/// <summary>What authenticator apps and recovery codes add to signing in: no way in, but what is asked for beside one.</summary>
internal sealed class SecondFactorPart(AccountsDb db, RecoveryCodes codes, SecurityLog events) : ISignInPart
{
    private static readonly SignInMethod App = new(TotpFactor.Way, TotpFactor.Title) { IsFactor = true, IsWayIn = false };

    public SignInMethod? MethodOf(string way) => way == App.Name ? App : null;

    /// <summary>
    /// Neither a new password nor a new address gets past a factor. What is only begun goes: who has begun it may be out now. Of an account that nobody had
    /// proved all goes, or the app of who had it before would keep its owner out; since factors are added by who reads the mail, that one is imported or older.
    /// All goes as well where an administrator resets the factors.
    /// </summary>
    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        await db.BegunTotp(user.Id).ExecuteDeleteAsync(cancellation);
        if (!Leave(user, reason))
        {
            return;
        }
        await codes.RemoveAsync(user.Id, cancellation);
        if (await db.TotpFactors.Where(f => f.UserId == user.Id).ExecuteDeleteAsync(cancellation) > 0)
        {
            user.RemoveWay(TotpFactor.Way);
            events.Add(SecurityEventKind.FactorRemoved, user.Id, null, device);
        }
    }

    /// <summary>A code is spent before its sign-in holds the user's row: a sign-in that comes to nothing, or whose process is killed, has used it all the same.</summary>
    public async Task<bool> UsedSinceAsync(User user, DateTimeOffset since, CancellationToken cancellation)
    {
        var apps = await db.Database.SqlQuery<DateTimeOffset>(
            $"SELECT greatest(confirmed_at, last_used_at) AS \"Value\" FROM totp_factors WHERE user_id = {user.Id} AND confirmed_at IS NOT NULL FOR UPDATE").ToListAsync(cancellation);
        var spent = await db.Database.SqlQuery<DateTimeOffset>(
            $"SELECT greatest(created_at, used_at) AS \"Value\" FROM recovery_codes WHERE user_id = {user.Id} FOR UPDATE").ToListAsync(cancellation);
        return apps.Concat(spent).Any(used => used > since);
    }

    private static bool Leave(User user, RevocationReason reason) =>
        reason == RevocationReason.FactorsReset || (reason == RevocationReason.Disowned && !user.EmailConfirmed);
}
