using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Users;

/// <summary>
/// A user who may sign in and be acted for. It is said here, as SQL, as an expression and of a user who is loaded, and
/// nowhere else; a house test keeps it so.
/// </summary>
public static class LiveUser
{
    /// <summary>Where <c>u</c> is the user.</summary>
    public const string Sql = "u.is_active AND u.deleted_at IS NULL AND (u.frozen_until IS NULL OR u.frozen_until <= clock_timestamp())";

    public static Expression<Func<User, bool>> Expression { get; } = user =>
        user.IsActive && user.DeletedAt == null && (user.FrozenUntil == null || user.FrozenUntil <= AccountsDb.ClockTimestamp());

    public static IQueryable<User> Live(this IQueryable<User> users) => users.Where(Expression);

    /// <summary>Who has deleted their account and is not erased yet.</summary>
    public static IQueryable<User> Leaving(this IQueryable<User> users) => users.Where(user =>
        user.IsActive && user.DeletedAt != null && user.EraseAfter != null && (user.FrozenUntil == null || user.FrozenUntil <= AccountsDb.ClockTimestamp()));

    /// <summary>Whom nobody may be until the account is had back, or the time is over.</summary>
    public static IQueryable<User> Frozen(this IQueryable<User> users) => users.Where(user => user.IsActive && user.FrozenUntil > AccountsDb.ClockTimestamp());

    /// <inheritdoc cref="Frozen(IQueryable{User})"/>
    /// <remarks>By the clock of the process: of 7 days a few seconds are not missed.</remarks>
    public static bool IsFrozen([NotNullWhen(true)] this User? user) => user is { IsActive: true } && user.FrozenUntil > TimeProvider.System.GetUtcNow();

    /// <summary>Whose account is there, be it deleted or frozen for the time being: who proves to be them is told why they are not let in.</summary>
    public static bool IsThere([NotNullWhen(true)] this User? user) => user.IsLive() || user.IsLeaving() || user.IsFrozen();

    /// <inheritdoc cref="Leaving(IQueryable{User})"/>
    public static bool IsLeaving([NotNullWhen(true)] this User? user) => user is { IsActive: true, DeletedAt: not null, EraseAfter: not null };

    /// <summary>Back, unless their time is over or they are no longer as they proved to be.</summary>
    /// <returns>whether they are</returns>
    public static async Task<bool> ReturnAsync(this IQueryable<User> users, User user, CancellationToken cancellation) => await users.Leaving()
        .Where(u => u.Id == user.Id && u.SecurityStamp == user.SecurityStamp && u.EraseAfter > AccountsDb.ClockTimestamp())
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.DeletedAt, (DateTimeOffset?)null).SetProperty(u => u.EraseAfter, (DateTimeOffset?)null), cancellation) == 1;

    public static bool IsLive([NotNullWhen(true)] this User? user) => user is { IsActive: true, DeletedAt: null } && !user.IsFrozen();
}
