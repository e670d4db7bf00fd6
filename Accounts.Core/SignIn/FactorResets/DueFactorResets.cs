using System.Text.Json.Nodes;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn.FactorResets;

/// <summary>Carries out the resets whose day is over, one at a time: every factor, recovery code and session, and what was begun. The password stays.</summary>
public sealed class DueFactorResets(AccountsDb db, IEnumerable<ISignInPart> parts, Revocation revocation, FactorResetNotice notice, SecurityLog events)
{
    private const string Next = """
        SELECT r.user_id AS "Value" FROM factor_resets r JOIN users u ON u.id = r.user_id
        WHERE r.effective_at <= clock_timestamp() ORDER BY r.effective_at LIMIT 1 FOR NO KEY UPDATE OF u SKIP LOCKED
        """;

    /// <returns>false where no day is over, or another process is at it</returns>
    public async Task<bool> CarryOutNextAsync(CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Database.SqlQueryRaw<Guid>(Next).ToListAsync(cancellation) is not [var userId])
        {
            return false;
        }
        var user = (await db.LockAnyUserAsync(userId, cancellation))!;
        // Read once more: a sign-in that has held the user's row until now may have called it off.
        if (await db.FactorResets.SingleOrDefaultAsync(r => r.UserId == userId, cancellation) is { } reset)
        {
            db.FactorResets.Remove(reset);
            await EndAsync(user, reset, cancellation);
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return true;
    }

    /// <summary>
    /// Who is kept out cannot have used a factor, and what an administrator who is one no more has begun is not gone on with. A factor that was used is not
    /// lost, though its sign-in has not got so far as to say so.
    /// </summary>
    private async Task EndAsync(User user, FactorReset reset, CancellationToken cancellation)
    {
        if (user.IsLive() && await db.AdministersAsync(reset.ActorId, cancellation) && !await AnyUsedAsync(user, reset.AskedAt, cancellation))
        {
            await CarryOutAsync(user, reset, cancellation);
        }
        else
        {
            events.Add(SecurityEventKind.UserFactorResetCancelled, user.Id, null, Device.Nobody);
        }
    }

    private async Task<bool> AnyUsedAsync(User user, DateTimeOffset since, CancellationToken cancellation)
    {
        foreach (var part in parts)
        {
            if (await part.UsedSinceAsync(user, since, cancellation))
            {
                return true;
            }
        }
        return false;
    }

    private async Task CarryOutAsync(User user, FactorReset reset, CancellationToken cancellation)
    {
        var before = Told(user);
        await revocation.RevokeAsync(user, RevocationReason.FactorsReset, Device.Nobody, cancellation);
        user.RenewStamp();
        events.AddAct(SecurityEventKind.UserFactorsReset, user.Id, new Actor(reset.ActorId, Device.Nobody), before, Told(user));
        await notice.AddAsync(new FactorsResetMail(), user, cancellation);
    }

    private static string Told(User user) => new JsonObject { ["ways"] = new JsonArray([.. user.Ways.Select(way => JsonValue.Create(way))]) }.ToJsonString();
}
