using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Social.Linking;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social.Completion;

/// <summary>
/// The code of the mailed link is typed where the sign-in waits. Nobody's address makes a new user, verified; somebody's is
/// answered as any identity whose address is taken, with proofs of that account's own.
/// </summary>
public sealed class SocialCompletionConfirmation(AccountsDb db, EmailTickets tickets, LinkOffer offer, ProvenSignUp signUp, SignInDoor door)
{
    private const int Attempts = 6;

    /// <exception cref="RefusedException">the ticket is not good</exception>
    /// <exception cref="AuthenticationFailedException">it is another code, or the user is not active</exception>
    /// <exception cref="ThrottledException">too many codes for the address have been wrong</exception>
    /// <exception cref="AccountExistsException">somebody has the address</exception>
    /// <exception cref="ConflictException">the address was somebody's a few days ago, who may have it back</exception>
    /// <exception cref="PermissionDeniedException">nobody may sign up</exception>
    public async Task<SignedIn> ConfirmAsync(string ticket, string code, string[] usable, SignInRequest request, CancellationToken cancellation)
    {
        var proven = await tickets.ProveAsync(ticket, code, cancellation);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return await TryAsync(proven, attempt, usable, request, cancellation);
            }
            catch (DbUpdateException e) when (e.IsReservedAddress())
            {
                throw new ConflictException(ErrorCode.EmailTaken);
            }
            catch (DbUpdateException e) when (e.IsTaken(out _))
            {
                // Username, address or identity have just been taken; the next look finds out by whom.
                db.ChangeTracker.Clear();
            }
        }
        throw new UnavailableException(TimeSpan.FromSeconds(1));
    }

    private async Task<SignedIn> TryAsync(EmailTicket proven, int attempt, string[] usable, SignInRequest request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await tickets.SpendAsync(proven, cancellation);
        var (user, exists) = await WhoAsync(proven.Identity, proven.Address, usable, cancellation);
        user ??= exists is null ? signUp.Add(proven, attempt, request.Device, await db.ReadClockAsync(cancellation)) : null;
        await db.SaveChangesAsync(cancellation);
        var outcome = user is null ? null : await door.OpenAsync(new Proof(user, proven.Identity.Provider), request, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return outcome is null ? throw exists! : outcome.Demand();
    }

    /// <summary>The user of the identity, who may have come by another tab meanwhile, or why the address is not to be had.</summary>
    private async Task<(User? Owner, AccountExistsException? Exists)> WhoAsync(
        ExternalProfile profile, EmailAddress address, string[] usable, CancellationToken cancellation)
    {
        var owners = from account in db.SocialAccounts.Of(profile) join user in db.Users on account.UserId equals user.Id select user;
        if (await owners.AsNoTracking().SingleOrDefaultAsync(cancellation) is { } owner)
        {
            return (owner, null);
        }
        var holder = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == address.Key, cancellation);
        return (null, holder is null ? null : await offer.AddAsync(holder, profile, usable, mailboxProved: true, cancellation));
    }
}
