using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Registration;

/// <summary>
/// What follows when an address is confirmed, inside the caller's transaction. Whoever reads the mail need not be who made
/// the account: unless they have shown to be, identities that came with the unproved address go.
/// </summary>
public sealed class AddressConfirmation(
    AccountsDb db, MailedTokenStore tokens, Revocation revocation, IOptions<RegistrationOptions> options, SecurityLog events)
{
    /// <summary>Of any number at once, one confirms; the others find the address verified. The user's row first, as everywhere.</summary>
    /// <returns>whether it was this one</returns>
    /// <exception cref="Failures.RefusedException">somebody else has spent the token, or it has expired meanwhile</exception>
    public async Task<bool> ConfirmAsync(MailedToken token, Confirmation confirmation, Device device, CancellationToken cancellation)
    {
        var userId = token.UserId!.Value;
        var verified = await db.Users.Live().Where(u => u.Id == userId && u.Email == token.Email).VerifyAsync(confirmation.By, cancellation);
        if (verified != 1)
        {
            return false;
        }
        await tokens.SpendAsync(token, cancellation);
        if (!confirmation.IsOwners)
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId, cancellation);
            await revocation.RevokeAsync(user, RevocationReason.ConfirmedElsewhere, device, cancellation);
        }
        if (options.Value.RequireSameBrowser)
        {
            await db.EndAllSessionsAsync(userId, SessionEnd.UserEnded, cancellation);
        }
        events.Add(SecurityEventKind.EmailVerified, userId, null, device);
        return true;
    }
}
