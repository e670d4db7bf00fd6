using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Users;

/// <summary>
/// Who administers: at least one, always. That is about several rows, so whatever makes or unmakes an administrator takes turns, by one lock. It is
/// taken after the user's row, and nobody who has it waits for another row.
/// </summary>
public static class Administrators
{
    /// <summary>Whether there is one who can act, where <c>@role</c> is theirs.</summary>
    public const string AnySql = $"EXISTS (SELECT FROM users u WHERE {Administers})";

    private const string Administers = $"{RoleNames.HoldsSql} AND u.email_verified AND {LiveUser.Sql}";

    /// <summary>Before somebody is no longer an administrator who can act: the caller holds the user's row, and changes it in the same transaction.</summary>
    /// <exception cref="ConflictException">nobody else is left</exception>
    public static async Task DemandAnotherAdministratorAsync(this AccountsDb db, User user, CancellationToken cancellation)
    {
        if (!user.IsAdministrator || !user.IsLive())
        {
            return;
        }
        await db.LockAsync(AdvisoryLock.Administrators, cancellation);
        if (!await db.AnyAsync("u.id <> @user", user.Id, cancellation))
        {
            throw new ConflictException(ErrorCode.LastAdministrator);
        }
    }

    /// <summary>Before somebody is made an administrator, or unmade: who says so may have been unmade while they waited.</summary>
    /// <param name="db">in the caller's transaction</param>
    /// <param name="userId">who says so; null for an operator, who is none</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="PermissionDeniedException">they are no administrator now</exception>
    public static async Task DemandStillAdministersAsync(this AccountsDb db, Guid? userId, CancellationToken cancellation)
    {
        await db.LockAsync(AdvisoryLock.Administrators, cancellation);
        if (userId is { } id && !await db.AdministersAsync(id, cancellation))
        {
            throw new PermissionDeniedException(ErrorCode.PermissionDenied);
        }
    }

    /// <summary>Whether somebody administers and can act, and whoever unmakes them does so after the caller's transaction.</summary>
    public static async Task<bool> StillAdministersAsync(this AccountsDb db, Guid userId, CancellationToken cancellation)
    {
        await db.LockAsync(AdvisoryLock.Administrators, cancellation);
        return await db.AdministersAsync(userId, cancellation);
    }

    /// <summary>Before an administrator, or an operator (null), puts somebody out, who may be an administrator.</summary>
    /// <exception cref="ConflictException">nobody else is left</exception>
    /// <exception cref="PermissionDeniedException">who says so is no administrator now</exception>
    public static async Task DemandMayEndAsync(this AccountsDb db, User user, Guid? actor, CancellationToken cancellation)
    {
        if (user.IsAdministrator)
        {
            await db.DemandStillAdministersAsync(actor, cancellation);
            await db.DemandAnotherAdministratorAsync(user, cancellation);
        }
    }

    /// <summary>Whether somebody administers and can act, as far as this moment tells.</summary>
    public static Task<bool> AdministersAsync(this AccountsDb db, Guid userId, CancellationToken cancellation) => db.AnyAsync("u.id = @user", userId, cancellation);

    private static Task<bool> AnyAsync(this AccountsDb db, string who, Guid userId, CancellationToken cancellation)
    {
        var statement = $"SELECT EXISTS (SELECT FROM users u WHERE {Administers} AND {who}) AS \"Value\"";
        return db.Database.SqlQueryRaw<bool>(statement, new NpgsqlParameter("role", User.Administrator), new NpgsqlParameter("user", userId)).SingleAsync(cancellation);
    }
}
