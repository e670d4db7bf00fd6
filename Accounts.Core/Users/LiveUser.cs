using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

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

    public static bool IsLive([NotNullWhen(true)] this User? user) => user is { IsActive: true, DeletedAt: null };
}
