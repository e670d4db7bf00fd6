using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Sessions;
using Accounts.Core.Throttling;
using Accounts.Core.Tokens;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>Who changes their factors.</summary>
/// <param name="User">whose row the caller holds</param>
/// <param name="SessionId">that goes on while all others end; null for none</param>
/// <param name="Device">that the request came from</param>
public sealed record FactorAct(User User, Guid? SessionId, Device Device);

/// <summary>What has become of it.</summary>
/// <param name="RecoveryCodes">that are shown once; none where those of before stay</param>
/// <param name="Bond">by which the device is known from now on, where it was; else null</param>
public sealed record ChangedFactors(string[] RecoveryCodes, DeviceBond? Bond)
{
    public override string ToString() => nameof(ChangedFactors);
}

/// <summary>
/// What every change of factors brings about, of whatever kind they are, in the caller's transaction and saved by the caller: every other session
/// and every sign-in in flight ends, and the user is told with the link "this wasn't me".
/// </summary>
public sealed class FactorChanges(AccountsDb db, UserFactors factors, RecoveryCodes codes, ChangeNotice notice, KnownDevices devices)
{
    /// <param name="act">who adds it</param>
    /// <param name="way">the word of its kind, which joins the user's</param>
    /// <param name="factor">which the caller saves</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>with recovery codes, where it is the first factor</returns>
    public async Task<ChangedFactors> AddedAsync(FactorAct act, string way, ListedFactor factor, CancellationToken cancellation)
    {
        var hasSet = factors.HasAny(act.User) && await codes.AnyAsync(act.User, cancellation);
        var made = hasSet ? [] : await codes.MakeAsync(act.User, cancellation);
        if (!act.User.Ways.Contains(way))
        {
            act.User.AddWay(way);
        }
        var kept = new KeptFactors { Id = factor.Id };
        return await TellAsync(act, SecurityEventKind.FactorAdded, kept, link => factors.Of(way).AddedMail(factor, link), made, cancellation);
    }

    /// <summary>With the last factor its recovery codes go, too.</summary>
    public async Task<ChangedFactors> RemovedAsync(FactorAct act, RemovedFactor removed, CancellationToken cancellation)
    {
        var kept = new KeptFactors { Way = removed.Kind.Way, Kept = removed.Kept };
        if (!factors.HasAny(act.User))
        {
            kept = kept with { Codes = await codes.KeepAsync(act.User.Id, cancellation) };
            await codes.RemoveAsync(act.User.Id, cancellation);
        }
        return await TellAsync(act, SecurityEventKind.FactorRemoved, kept, link => removed.Kind.RemovedMail(removed.Factor, link), [], cancellation);
    }

    /// <exception cref="ConflictException">the user has no factor</exception>
    public async Task<ChangedFactors> RenewCodesAsync(FactorAct act, CancellationToken cancellation)
    {
        if (!factors.HasAny(act.User))
        {
            throw new ConflictException(ErrorCode.NoSecondFactor);
        }
        var kept = new KeptFactors { Codes = await codes.KeepAsync(act.User.Id, cancellation) };
        var made = await codes.MakeAsync(act.User, cancellation);
        return await TellAsync(act, SecurityEventKind.RecoveryCodesMade, kept, link => new RecoveryCodesMadeMail(link), made, cancellation);
    }

    /// <summary>Without a factor nobody is signed in by two: what the session is refreshed to says so at once.</summary>
    private async Task LowerAsync(User user, Guid sessionId, CancellationToken cancellation)
    {
        if (!factors.HasAny(user))
        {
            await db.Database.ExecuteSqlAsync(
                $"UPDATE sessions SET amr = array_remove(amr, {AuthenticationLevel.Multiple}) WHERE user_id = {user.Id} AND id = {sessionId} AND {AuthenticationLevel.Multiple} = ANY (amr)", cancellation);
        }
    }

    /// <summary>What was begun before, maybe by who shared the session, is worth less than what is asked for from now on: another app, another address.</summary>
    private async Task EndBegunAsync(User user, Guid added, CancellationToken cancellation)
    {
        await db.BegunTotp(user.Id).Where(f => f.Id != added).ExecuteDeleteAsync(cancellation);
        await db.MailedTokens.Where(t => t.UserId == user.Id && t.Purpose == TokenPurpose.Change && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp())
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, _ => AccountsDb.ClockTimestamp()), cancellation);
    }

    private async Task<ChangedFactors> TellAsync(
        FactorAct act, SecurityEventKind kind, KeptFactors kept, Func<string, OutgoingMail> mail, string[] made, CancellationToken cancellation)
    {
        var (user, sessionId, device) = act;
        var isKnown = devices.NameFor(device.Cookie, user) is not null;
        user.RenewStamp();
        await EndBegunAsync(user, kept.Id, cancellation);
        await db.EndAllSessionsAsync(user.Id, SessionEnd.UserEnded, cancellation);
        if (sessionId is not null)
        {
            await db.KeepSessionAsync(user.Id, sessionId.Value, cancellation);
            await LowerAsync(user, sessionId.Value, cancellation);
        }
        await notice.AddAsync(new ToldChange(kind, user, sessionId, device) { Reverse = kept.Write() }, mail, cancellation);
        // The user was loaded before the epoch rose.
        return new ChangedFactors(made, isKnown ? DeviceBond.Of(user) with { Epoch = user.SessionsEpoch + 1 } : null);
    }
}
