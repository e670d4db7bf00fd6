using Accounts.Core.Data;

namespace Accounts.Core.Registration.Pending;

public static class PendingSignUps
{
    /// <summary>Those that may still be confirmed.</summary>
    public static IQueryable<PendingSignUp> Alive(this IQueryable<PendingSignUp> signUps) => signUps.Where(s => s.ExpiresAt > AccountsDb.ClockTimestamp());
}
