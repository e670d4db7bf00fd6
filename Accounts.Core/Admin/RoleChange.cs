using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>Gives a user the roles that they hold from now on, at once and on every node: they are read with each request.</summary>
public sealed class RoleChange(AccountsDb db)
{
    private static readonly Sentence Unverified = "Only a user whose e-mail address is verified can hold roles.";

    /// <param name="roles">all that the user is to hold</param>
    /// <exception cref="InvalidInputException">nobody has proved the user's address</exception>
    /// <exception cref="ConflictException">nobody would be left who administers</exception>
    /// <exception cref="PermissionDeniedException">the actor was unmade meanwhile</exception>
    public UserAct To(RoleNames roles) => new(SecurityEventKind.RolesChanged, async (user, actor, cancellation) =>
    {
        Demand(user, roles);
        if (user.IsAdministrator != roles.Administers)
        {
            await db.DemandStillAdministersAsync(actor.UserId, cancellation);
        }
        if (!roles.Administers)
        {
            await db.DemandAnotherAdministratorAsync(user, cancellation);
        }
        user.GiveRoles(roles);
    });

    private static void Demand(User user, RoleNames roles)
    {
        var errors = new FieldErrors();
        if (!user.EmailConfirmed && roles.Names.Length > 0)
        {
            errors.Add("roles", Unverified);
        }
        errors.ThrowIfAny();
    }
}
