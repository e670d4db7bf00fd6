using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social.Completion;

/// <summary>
/// Whoever got <c>email_required</c> names an address: its mailbox gets a link that shows a code. Whether somebody has that
/// address is told to the mailbox alone.
/// </summary>
public sealed class SocialCompletion(AccountsDb db, EmailTickets tickets, ShortCodes codes, MailThrottle throttle, SocialMails mails)
{
    /// <exception cref="RefusedException">the ticket is not good, whatever the address</exception>
    public Task AskAsync(string ticket, EmailAddress address, Device device, CancellationToken cancellation) =>
        UniformTiming.RunAsync(() => AddAsync(ticket, address, device, cancellation), cancellation);

    private async Task<EmailTicket> AddAsync(string ticket, EmailAddress address, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var waiting = await tickets.LockAsync(ticket, cancellation);
        if (await throttle.AdmitsAsync(MailPurpose.SignUpCode, address, cancellation))
        {
            var token = OpaqueToken.New();
            var now = await db.ReadClockAsync(cancellation);
            waiting.Ask(address, OpaqueToken.Hash(token), place => codes.Hash(codes.Of(token), place), now);
            var holder = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == address.Key, cancellation);
            mails.AddCode(address, holder, waiting.Identity.Provider, token, device, waiting.ExpiresAt);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return waiting;
    }
}
