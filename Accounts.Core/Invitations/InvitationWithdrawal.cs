using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Invitations;

/// <summary>Takes an invitation back: its link is dead, and a mail that has not left does not leave.</summary>
public sealed class InvitationWithdrawal(AccountsDb db, MailQueue mails, SecurityLog events)
{
    /// <param name="id">the invitation's</param>
    /// <param name="actor">an administrator, whose event it is</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="NotFoundException">there is none that could still be accepted</exception>
    public async Task WithdrawAsync(Guid id, Actor actor, CancellationToken cancellation)
    {
        var statement = $"DELETE FROM invitations i WHERE i.id = {{0}} AND {Invitation.AliveSql} RETURNING {db.ColumnsOf<Invitation>("i")}";
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Invitations.FromSqlRaw(statement, id).AsNoTracking().ToListAsync(cancellation) is not [var invitation])
        {
            throw new NotFoundException();
        }
        await mails.WithdrawAsync<InvitationMail>(invitation.Address, cancellation);
        events.AddAct(SecurityEventKind.InvitationWithdrawn, actor.UserId!.Value, actor, before: null, invitation.Told(invitation.Roles));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
