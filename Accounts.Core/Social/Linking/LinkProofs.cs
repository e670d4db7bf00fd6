using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.SignIn;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social.Linking;

/// <summary>Checks that an account is theirs who want to connect an identity to it. What fails counts as a failed sign-in.</summary>
public sealed class LinkProofs(AccountsDb db, PasswordVerification passwords, ShortCodes codes, CodeThrottle throttle, SecurityLog events)
{
    /// <exception cref="AuthenticationFailedException">it proves nothing, or the user is not active</exception>
    /// <exception cref="ThrottledException">too many passwords, or codes, have failed before</exception>
    /// <exception cref="RefusedException">the other provider refuses</exception>
    public async Task<Proof> DemandAsync(LinkToken link, User user, LinkProof given, Device device, CancellationToken cancellation)
    {
        var proof = given switch
        {
            LinkByPassword by => await passwords.DemandAsync(user, user.NormalizedEmail!, by.Password, device, cancellation),
            LinkByProvider by => await OfProviderAsync(user, await by.FetchAsync(), cancellation),
            LinkByCode by => await FitsAsync(link, user, by.Code, device, cancellation) ? new Proof(user, LinkOffer.MailMethod) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(given)),
        };
        if (proof is null || !user.IsLive())
        {
            events.Count(SecurityEventKind.SignInFailed, user.Id, device);
            throw AuthenticationFailedException.InvalidCredentials();
        }
        return proof with { Methods = [.. proof.Methods, link.Provider] };
    }

    /// <summary>Where none was mailed there is nothing to guess, and nothing to count.</summary>
    private async Task<bool> FitsAsync(LinkToken link, User user, string code, Device device, CancellationToken cancellation)
    {
        try
        {
            return link.CodeHash is { } hash && await throttle.TryAsync(user.Address, isKnown: false, () => codes.Fits(code, link.PlaceOf(user.Email!), hash), cancellation);
        }
        catch (ThrottledException)
        {
            events.Count(SecurityEventKind.SignInLocked, user.Id, device);
            throw;
        }
    }

    private async Task<Proof?> OfProviderAsync(User user, ExternalProfile profile, CancellationToken cancellation) =>
        await db.SocialAccounts.Of(profile).AnyAsync(a => a.UserId == user.Id, cancellation) ? profile.ProofOf(user) : null;
}
