using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>What passkeys add to signing in: who has one gets in by it.</summary>
internal sealed class PasskeyPart(AccountsDb db, SecurityLog events) : ISignInPart
{
    private static readonly SignInMethod Method = new(Passkey.Way, "a passkey") { IsFactor = true };

    public SignInMethod? MethodOf(string way) => way == Passkey.Way ? Method : null;

    /// <summary>Without anything else its authenticator must verify who uses it; one that has never done so serves beside another factor alone.</summary>
    public Task<bool> LeadsInAsync(User user, CancellationToken cancellation) =>
        db.Passkeys.AnyAsync(p => p.UserId == user.Id && (p.UserVerifiedAtRegistration || p.UserVerifiedAtUse), cancellation);

    /// <summary>
    /// They stay, whatever becomes of password and address: who reads the mail gets past no factor. Of an account that nobody had proved all go, and so
    /// do ceremonies that have begun; and so it is where an administrator resets them.
    /// </summary>
    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        if (!Leave(user, reason))
        {
            return;
        }
        await db.PasskeyStates.Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancellation);
        if (await db.Passkeys.Where(p => p.UserId == user.Id).ExecuteDeleteAsync(cancellation) > 0)
        {
            user.RemoveWay(Passkey.Way);
            events.Add(SecurityEventKind.FactorRemoved, user.Id, null, device);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> UsedSinceAsync(User user, DateTimeOffset since, CancellationToken cancellation)
    {
        var used = await db.Database.SqlQuery<DateTimeOffset>(
            $"SELECT greatest(created_at, last_used_at) AS \"Value\" FROM passkeys WHERE user_id = {user.Id} FOR UPDATE").ToListAsync(cancellation);
        return used.Exists(at => at > since);
    }

    private static bool Leave(User user, RevocationReason reason) => reason switch
    {
        RevocationReason.ConfirmedElsewhere or RevocationReason.FactorsReset => true,
        RevocationReason.Disowned => !user.EmailConfirmed,
        _ => false,
    };
}
