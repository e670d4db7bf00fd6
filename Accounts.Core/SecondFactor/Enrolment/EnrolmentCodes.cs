using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor.Enrolment;

/// <summary>Mails the code that a ticket needs before a factor is added with it.</summary>
public sealed class EnrolmentCodes(AccountsDb db, MailedTokenStore tokens, MailQueue queue, SecretKeys keys)
{
    /// <summary>In the caller's transaction, who holds the user's row.</summary>
    public async Task AddAsync(User user, SignInTicket ticket, Device device, CancellationToken cancellation)
    {
        await tokens.SupersedeAsync(user, TokenPurpose.Enrol, ticket.Attempt, cancellation);
        var now = await db.ReadClockAsync(cancellation);
        var token = MailedToken.ForEnrolment(user, ticket.Attempt, keys.Current, now, out var code);
        db.MailedTokens.Add(token);
        queue.Add(new EnrolmentCodeMail(code, "10 minutes").Of(device, now), user, token.ExpiresAt);
    }
}
