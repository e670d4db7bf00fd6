using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;
using Accounts.Core.SignIn.Tickets;

namespace Accounts.Core.SecondFactor.Enrolment;

/// <summary>With a ticket a factor is added once its holder has shown to read the account's mail.</summary>
public sealed class EnrolmentProof(AccountsDb db, SignInTickets tickets, AccountCodes codes, MailedTokenStore tokens, MailboxProof mailbox)
{
    /// <param name="token">the ticket</param>
    /// <param name="code">that was mailed; null where one was right before</param>
    /// <param name="device">that the request comes from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="AuthenticationFailedException">the ticket is good for nothing any more, or the code is wrong</exception>
    /// <exception cref="InvalidInputException">there is no code, and none was right before</exception>
    /// <exception cref="ThrottledException">too many codes for the address have been wrong today</exception>
    public async Task<WaitingEnroller> BeginAsync(string token, string? code, Device device, CancellationToken cancellation)
    {
        var (ticket, user) = await tickets.FindForEnrolmentAsync(token, cancellation);
        if (ticket.MailProvedAt is null)
        {
            var mailed = await codes.DemandAsync(TokenPurpose.Enrol, ticket.Attempt, user.Id, user.Address, code ?? throw Missing(), device, cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await tokens.SpendAsync(mailed, cancellation);
            await tickets.ProveMailAsync(ticket, cancellation);
            await mailbox.ProveAsync(user, mailed, device, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        return new WaitingEnroller(ticket);
    }

    /// <exception cref="AuthenticationFailedException">the ticket is good for nothing any more, or no factor was begun with it</exception>
    /// <exception cref="PermissionDeniedException">the sign-in began in body mode, and this request may not have it</exception>
    public async Task<WaitingEnroller> ResumeAsync(string token, FinishingClient client, CancellationToken cancellation)
    {
        var (ticket, _) = await tickets.FindForEnrolmentAsync(token, cancellation);
        client.Demand(ticket);
        return ticket.MailProvedAt is null ? throw new AuthenticationFailedException(ErrorCode.InvalidTicket) : new WaitingEnroller(ticket);
    }

    private static InvalidInputException Missing()
    {
        var errors = new FieldErrors();
        errors.Add("mail_code", "Enter the code that was mailed to you.");
        return new InvalidInputException(errors);
    }
}
