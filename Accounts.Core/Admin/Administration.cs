using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Admin;

/// <summary>
/// Does an act of an administrator or an operator on a user: the user's row is held, whatever their state, the act is done, and an event says who did it, to
/// whom, and what was and is; all in one transaction.
/// </summary>
public sealed class Administration(AccountsDb db, SignInMethods methods, SecurityLog events)
{
    /// <param name="id">the user's</param>
    /// <param name="act">what is done</param>
    /// <param name="actor">who does it</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>the user as they are then</returns>
    /// <exception cref="NotFoundException">there is no such user</exception>
    /// <exception cref="InvalidInputException">the name is taken, or the act refuses what it was made of</exception>
    /// <exception cref="StaleException">the user is of another version than the act is for</exception>
    public async Task<AdministeredUser> DoAsync(Guid id, UserAct act, Actor actor, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockAnyUserAsync(id, cancellation) ?? throw new NotFoundException();
        if (act.Version is not null && act.Version != user.Version)
        {
            throw new StaleException();
        }
        var before = Show(user);
        await act.DoAsync(user, actor, cancellation);
        var after = Show(user);
        var (was, isNow) = StateChange.Between(before.State(), after.State());
        events.AddAct(act.Kind, user.Id, actor, was, act.Outcome?.Invoke().ToJsonString() ?? isNow);
        await SaveAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return after;
    }

    private AdministeredUser Show(User user) => AdministeredUser.Of(user, methods.ProvidersOf(user));

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTaken(out var index))
        {
            throw TakenFields.Error(TakenFields.OfUsername(index), email: false);
        }
    }
}
