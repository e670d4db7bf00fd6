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
    /// <summary>Whom no administrator keeps out now, where <c>u</c> is the user: a suspension is over by itself.</summary>
    public const string ActiveSql = "(u.is_active OR u.suspended_until IS NOT NULL AND u.suspended_until <= clock_timestamp())";

    /// <summary>Whom an administrator has put out, suspensions that are over included; of whom there is an index.</summary>
    public const string DeactivatedSql = "NOT is_active";

    /// <summary>Whose suspension is over and who is in again by that, where <c>u</c> is the user; who has left, or is frozen, is not.</summary>
    public const string SuspensionOverSql = $"NOT u.is_active AND {Sql}";

    /// <summary>What makes them active for good.</summary>
    public const string LetInSql = "is_active = true, suspended_until = NULL, deactivation_reason = NULL";

    /// <summary>All who are not active now, where <c>u</c> is the user.</summary>
    public const string InactiveSql = "NOT u.is_active AND (u.suspended_until IS NULL OR u.suspended_until > clock_timestamp())";

    /// <summary>Who has not left, where <c>u</c> is the user.</summary>
    public const string StaysSql = "u.deleted_at IS NULL";

    /// <summary>Where <c>u</c> is the user.</summary>
    public const string Sql = $"{ActiveSql} AND {StaysSql} AND (u.frozen_until IS NULL OR u.frozen_until <= clock_timestamp())";

    public static Expression<Func<User, bool>> Expression { get; } = user =>
        (user.IsActive || user.SuspendedUntil <= AccountsDb.ClockTimestamp()) && user.DeletedAt == null && (user.FrozenUntil == null || user.FrozenUntil <= AccountsDb.ClockTimestamp());

    /// <summary>Whom no administrator keeps out now; who has left, or is frozen, may be among them.</summary>
    public static IQueryable<User> Active(this IQueryable<User> users) => users.Where(user => user.IsActive || user.SuspendedUntil <= AccountsDb.ClockTimestamp());

    public static IQueryable<User> Live(this IQueryable<User> users) => users.Where(Expression);

    /// <summary>Who has deleted their account and is not erased yet.</summary>
    public static IQueryable<User> Leaving(this IQueryable<User> users) => users.Active().Where(user =>
        user.DeletedAt != null && user.EraseAfter != null && (user.FrozenUntil == null || user.FrozenUntil <= AccountsDb.ClockTimestamp()));

    /// <summary>Whom nobody may be until the account is had back, or the time is over.</summary>
    public static IQueryable<User> Frozen(this IQueryable<User> users) => users.Active().Where(user => user.FrozenUntil > AccountsDb.ClockTimestamp());

    /// <inheritdoc cref="Frozen(IQueryable{User})"/>
    /// <remarks>By the clock of the process: of 7 days a few seconds are not missed.</remarks>
    public static bool IsFrozen([NotNullWhen(true)] this User? user) => user.IsActiveNow() && user.FrozenUntil > TimeProvider.System.GetUtcNow();

    /// <summary>Whose account is there, be it deleted or frozen for the time being: who proves to be them is told why they are not let in.</summary>
    public static bool IsThere([NotNullWhen(true)] this User? user) => user.IsLive() || user.IsLeaving() || user.IsFrozen();

    /// <inheritdoc cref="Leaving(IQueryable{User})"/>
    public static bool IsLeaving([NotNullWhen(true)] this User? user) => user is { DeletedAt: not null, EraseAfter: not null } && user.IsActiveNow();

    /// <summary>Back, unless their time is over or they are no longer as they proved to be.</summary>
    /// <returns>whether they are</returns>
    public static async Task<bool> ReturnAsync(this IQueryable<User> users, User user, CancellationToken cancellation) => await users.Leaving()
        .Where(u => u.Id == user.Id && u.SecurityStamp == user.SecurityStamp && u.EraseAfter > AccountsDb.ClockTimestamp())
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.DeletedAt, (DateTimeOffset?)null).SetProperty(u => u.EraseAfter, (DateTimeOffset?)null), cancellation) == 1;

    public static bool IsLive([NotNullWhen(true)] this User? user) => user is { DeletedAt: null } && user.IsActiveNow() && !user.IsFrozen();

    /// <inheritdoc cref="Active"/>
    /// <remarks>By the clock of the process, as a freeze.</remarks>
    public static bool IsActiveNow([NotNullWhen(true)] this User? user) => user is not null && (user.IsActive || user.SuspendedUntil <= TimeProvider.System.GetUtcNow());
}
