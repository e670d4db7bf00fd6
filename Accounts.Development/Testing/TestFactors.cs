using Accounts.Core;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Development.Testing;

/// <summary>Gives a user an authenticator app, whose codes the test makes. Nobody is told by mail: they have had it all along.</summary>
public sealed class TestFactors(AccountsDb db, SecretBox box, RecoveryCodes codes, SecurityLog events)
{
    /// <returns>its seed in base32, and the recovery codes that come with the first factor</returns>
    public async Task<(string Secret, string[] RecoveryCodes)> AddAsync(Guid userId, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(userId, cancellation) ?? throw new NotFoundException();
        var now = await db.ReadClockAsync(cancellation);
        var factor = TotpFactor.Begin(user.Id, box, now, out var seed);
        // By a code of a minute ago: the one that the app shows now is still good.
        factor.Confirm("", TimeCode.StepAt(now) - 2, now);
        db.TotpFactors.Add(factor);
        user.AddWay(TotpFactor.Way);
        var recovery = await codes.MakeAsync(user, cancellation);
        events.Add(SecurityEventKind.FactorAdded, user.Id, null, device);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (Base32.Encode(seed), recovery);
    }
}
