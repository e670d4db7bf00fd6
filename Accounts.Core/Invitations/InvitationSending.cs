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
    /// <exception cref="InvalidInputException">somebody has the address, or may have it back</exception>
    public async Task<Invitation> SendAsync(InvitationForm form, Actor actor, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var invitation = Invitation.Of(form, actor.UserId!.Value, await db.ReadClockAsync(cancellation), out var token);
        var former = await PutAsync(invitation, cancellation);
        // Only now: whoever was accepting the former one while this waited for it has an account.
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == form.Email.Key, cancellation) || await IsReservedAsync(form.Email, cancellation))
        {
            throw TakenFields.Error(username: null, email: true);
        }
        await mails.WithdrawAsync<InvitationMail>(former, cancellation);
        mails.Add(new InvitationMail(link.Of(token, form.Email), invitation.ExpiresAt), form.Email, form.Locale, invitation.ExpiresAt);
        events.AddAct(SecurityEventKind.UserInvited, invitation.InvitedBy!.Value, actor, before: null, invitation.Told(invitation.Roles));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return invitation;
    }

    /// <summary>In the place of the one that the address had, be it just being accepted, withdrawn or replaced.</summary>
    /// <returns>the address as that one has it, which may be in other capitals; as this one has it where there was none</returns>
    private async Task<EmailAddress> PutAsync(Invitation invitation, CancellationToken cancellation)
    {
        // Whichever is there is held then, and not changed yet.
        var former = await db.Database.SqlQuery<string>($"""
            INSERT INTO invitations (id, email, email_key, roles, token_hash, invited_by, created_at, expires_at)
            VALUES ({invitation.Id}, {invitation.Email}, {invitation.EmailKey}, {invitation.Roles}, {invitation.TokenHash}, {invitation.InvitedBy}, {invitation.CreatedAt}, {invitation.ExpiresAt})
            ON CONFLICT (email_key) DO UPDATE SET email_key = excluded.email_key RETURNING email AS "Value"
            """).ToListAsync(cancellation);
        await db.Database.ExecuteSqlAsync($"""
            UPDATE invitations SET
              id = {invitation.Id}, email = {invitation.Email}, roles = {invitation.Roles}, token_hash = {invitation.TokenHash},
              invited_by = {invitation.InvitedBy}, created_at = {invitation.CreatedAt}, expires_at = {invitation.ExpiresAt}
            WHERE email_key = {invitation.EmailKey} AND id <> {invitation.Id}
            """, cancellation);
        return EmailAddress.Parse(former.Single());
    }

    /// <summary>For who had it a few days ago: as the database refuses it to whoever accepts.</summary>
    private async Task<bool> IsReservedAsync(EmailAddress address, CancellationToken cancellation) => (await db.Database.SqlQuery<int>($"""
        SELECT 1 AS "Value" FROM account_changes WHERE reserved_email = {address.Key} AND undone_at IS NULL AND expires_at > clock_timestamp() LIMIT 1
        """).ToListAsync(cancellation)).Count > 0;
}
