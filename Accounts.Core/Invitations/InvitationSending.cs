using System.Globalization;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Mail;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Invitations;

/// <summary>Invites somebody by mail. The link of a former invitation to the same address is dead then.</summary>
public sealed class InvitationSending(AccountsDb db, MailQueue mails, InvitationLink link, SecurityLog events)
{
    /// <param name="form">whom, and to what</param>
    /// <param name="actor">an administrator: an operator has no account that the event and the promise could be of</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="InvalidInputException">somebody has the address</exception>
    public async Task<Invitation> SendAsync(InvitationForm form, Actor actor, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var invitation = Invitation.Of(form, actor.UserId!.Value, await db.ReadClockAsync(cancellation), out var token);
        await PutAsync(invitation, cancellation);
        // Only now: whoever was accepting the former one while this waited for it has an account.
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == form.Email.Key, cancellation))
        {
            throw TakenFields.Error(username: null, email: true);
        }
        await mails.WithdrawAsync<InvitationMail>(form.Email, cancellation);
        var until = invitation.ExpiresAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        mails.Add(new InvitationMail(link.Of(token, form.Email), until), form.Email, invitation.ExpiresAt);
        events.AddAct(SecurityEventKind.UserInvited, invitation.InvitedBy!.Value, actor, before: null, invitation.Told(invitation.Roles));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return invitation;
    }

    /// <summary>In the place of the one that the address had, be it just being accepted, withdrawn or replaced.</summary>
    private Task<int> PutAsync(Invitation invitation, CancellationToken cancellation) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO invitations (id, email, email_key, roles, token_hash, invited_by, created_at, expires_at)
        VALUES ({invitation.Id}, {invitation.Email}, {invitation.EmailKey}, {invitation.Roles}, {invitation.TokenHash}, {invitation.InvitedBy}, {invitation.CreatedAt}, {invitation.ExpiresAt})
        ON CONFLICT (email_key) DO UPDATE SET
          id = excluded.id, email = excluded.email, roles = excluded.roles, token_hash = excluded.token_hash,
          invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at
        """, cancellation);
}
