using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Throttling;

namespace Accounts.Core.SecondFactor.Enrolment;

/// <summary>A password alone, which may be stolen, adds no factor: a code goes to the account's address first.</summary>
public sealed class EnrolmentMailing(AccountsDb db, SignInTickets tickets, MailThrottle throttle, AccountCodeMailing mail)
{
    /// <exception cref="AuthenticationFailedException">the ticket is good for nothing any more</exception>
    /// <exception cref="ThrottledException">as many as may have gone to the address</exception>
    public async Task SendAsync(string token, Device device, CancellationToken cancellation)
    {
        var (ticket, _) = await tickets.FindForEnrolmentAsync(token, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(new WaitingEnroller(ticket), cancellation);
        await throttle.DemandAsync(MailPurpose.Enrolment, user, device, cancellation);
        await mail.AddAsync(TokenPurpose.Enrol, ticket.Attempt, user, device, (code, validFor) => new EnrolmentCodeMail(code, validFor), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
