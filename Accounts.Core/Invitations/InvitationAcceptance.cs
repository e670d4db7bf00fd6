using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Invitations;

/// <summary>
/// What an invitation allows, inside the caller's transaction: one deletion spends it, so of accepting, withdrawing and replacing it at once one wins.
/// Who has its token reads the address's mail, and is told the truth.
/// </summary>
public sealed class InvitationAcceptance(AccountsDb db, SecurityLog events)
{
    /// <summary>Its name on the wire.</summary>
    public const string Field = "invitation";

    private static readonly Sentence Dead = "Invalid or expired invitation.", Anothers = "This invitation is for another address.";

    private const string IsMeant = $"i.token_hash = {{0}} AND {Invitation.AliveSql}";

    /// <summary>A look, which spends nothing.</summary>
    /// <param name="token">as it came</param>
    /// <param name="address">of who wants to accept it; null for whichever</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="InvalidInputException">it is not good, or for another address</exception>
    public async Task DemandAsync(string token, EmailAddress? address, CancellationToken cancellation)
    {
        var statement = $"SELECT {db.ColumnsOf<Invitation>("i")} FROM invitations i WHERE {IsMeant}";
        var found = await db.Invitations.FromSqlRaw(statement, OpaqueToken.Hash(token)).AsNoTracking().SingleOrDefaultAsync(cancellation) ?? throw Refusal(Field, Dead);
        if (address is not null && found.EmailKey != address.Key)
        {
            throw Refusal("email", Anothers);
        }
    }

    /// <summary>It is gone then, unless the caller rolls back.</summary>
    /// <exception cref="InvalidInputException">it is not good any more, or was never for that address</exception>
    public async Task<Invitation> TakeAsync(string token, EmailAddress address, CancellationToken cancellation)
    {
        var statement = $"DELETE FROM invitations i WHERE {IsMeant} AND i.email_key = {{1}} RETURNING {db.ColumnsOf<Invitation>("i")}";
        var taken = await db.Invitations.FromSqlRaw(statement, OpaqueToken.Hash(token), address.Key).AsNoTracking().ToListAsync(cancellation);
        return taken is [var invitation] ? invitation : throw Refusal(Field, Dead);
    }

    /// <summary>Gives the new user, who is there, what was promised, if who promised it administers now; and tells of it. To be saved by the caller.</summary>
    public async Task ConcludeAsync(Invitation invitation, User user, Device device, CancellationToken cancellation)
    {
        if (await MayGiveAsync(invitation, cancellation) && RoleNames.TryRead(invitation.Roles, out var roles, out _))
        {
            user.GiveRoles(roles);
        }
        events.AddAllowed(SecurityEventKind.InvitationAccepted, user.Id, device, invitation.InvitedBy, invitation.Told(user.Roles));
    }

    private async Task<bool> MayGiveAsync(Invitation invitation, CancellationToken cancellation) =>
        invitation is { Roles.Length: > 0, InvitedBy: { } inviter } && await db.StillAdministersAsync(inviter, cancellation);

    private static InvalidInputException Refusal(string field, Sentence message)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return new InvalidInputException(errors);
    }
}
