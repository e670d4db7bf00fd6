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
    public const string Sql = "u.is_active AND u.deleted_at IS NULL";

    public static Expression<Func<User, bool>> Expression { get; } = user => user.IsActive && user.DeletedAt == null;

    public static IQueryable<User> Live(this IQueryable<User> users) => users.Where(Expression);

    /// <summary>Who has deleted their account and is not erased yet.</summary>
    public static IQueryable<User> Leaving(this IQueryable<User> users) => users.Where(user => user.IsActive && user.DeletedAt != null && user.EraseAfter != null);

    /// <inheritdoc cref="Leaving(IQueryable{User})"/>
    public static bool IsLeaving([NotNullWhen(true)] this User? user) => user is { IsActive: true, DeletedAt: not null, EraseAfter: not null };

    /// <summary>Back, unless their time is over or they are no longer as they proved to be.</summary>
    /// <returns>whether they are</returns>
    public static async Task<bool> ReturnAsync(this IQueryable<User> users, User user, CancellationToken cancellation) => await users.Leaving()
        .Where(u => u.Id == user.Id && u.SecurityStamp == user.SecurityStamp && u.EraseAfter > AccountsDb.ClockTimestamp())
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.DeletedAt, (DateTimeOffset?)null).SetProperty(u => u.EraseAfter, (DateTimeOffset?)null), cancellation) == 1;

    public static bool IsLive([NotNullWhen(true)] this User? user) => user is { IsActive: true, DeletedAt: null };
}
