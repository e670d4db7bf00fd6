using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn.FactorResets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Reauthentication;

/// <summary>
/// Proving once more who one is, for what a session alone is not enough for. The proof stands in the access token that comes of it, and nowhere
/// else: who shares the session, a thief with its cookie above all, has nothing of it, and a refresh falls back. In session mode, which has no
/// other token than the session's, a new session takes the place of the one that was shared.
/// </summary>
public sealed class Reauthenticator(AccountsDb db, ReproofChecks checks, ReproofToken token, SecurityLog events, WaitingFactorResets resets)
{
    /// <exception cref="InvalidInputException">it is not the password</exception>
    /// <exception cref="AuthenticationFailedException">the factor or code proves nothing; or the user is gone</exception>
    /// <exception cref="StepUpRequiredException">by a mailed code, of who has something better; or by a provider that does not say when, or longer ago</exception>
    /// <exception cref="RefusedException">the state is not good here, or the provider refuses</exception>
    /// <exception cref="ThrottledException">too many have failed before</exception>
    /// <exception cref="EnrolmentRequiredException">the user must have a second factor by now and has none: no token, as by a sign-in</exception>
    public async Task<Reproved> ProveAsync(Reproof given, LiveSession live, Device device, CancellationToken cancellation)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == live.User.Id, cancellation)
            ?? throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
        var proven = await checks.DemandAsync(given, user, live, device, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await token.DueAsync(proven, user, live, device, cancellation) is { } due)
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            throw due.Refusal;
        }
        if (given is ReproofByFactor && await db.LockAnyUserAsync(user.Id, cancellation) is { } owner)
        {
            await resets.UsedAsync(owner, device, cancellation);
        }
        var reproved = await token.OfAsync(proven, user, live, device, cancellation);
        events.Add(SecurityEventKind.Reauthenticated, user.Id, live.SessionId, device);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return reproved;
    }
}
