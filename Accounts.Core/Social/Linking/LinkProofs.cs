using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social.Linking;

/// <summary>Checks that an account is theirs who want to connect an identity to it. What fails counts as a failed sign-in.</summary>
public sealed class LinkProofs(AccountsDb db, PasswordVerification passwords, ShortCodes codes, SecurityLog events)
{
    /// <exception cref="AuthenticationFailedException">it proves nothing, or the user is not active</exception>
    /// <exception cref="ThrottledException">too many passwords have failed before</exception>
    /// <exception cref="RefusedException">the other provider refuses</exception>
    public async Task<Proof> DemandAsync(LinkToken link, User user, LinkProof given, Device device, CancellationToken cancellation)
    {
        var proof = given switch
        {
            LinkByPassword by => await passwords.DemandAsync(user, user.NormalizedEmail!, by.Password, device, cancellation),
            LinkByProvider by => await OfProviderAsync(user, await by.FetchAsync(), cancellation),
            LinkByCode by => codes.Fits(by.Code, link.PlaceOf(user.Email!), link.CodeHash) ? new Proof(user, LinkOffer.MailMethod) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(given)),
        };
        if (proof is null || !user.IsLive())
        {
            await events.CountAsync(SecurityEventKind.SignInFailed, user.Id, device, cancellation);
            throw AuthenticationFailedException.InvalidCredentials();
        }
        return proof with { Methods = [.. proof.Methods, link.Provider] };
    }

    private async Task<Proof?> OfProviderAsync(User user, ExternalProfile profile, CancellationToken cancellation) =>
        await db.SocialAccounts.Of(profile).AnyAsync(a => a.UserId == user.Id, cancellation) ? new Proof(user, profile.Provider) : null;
}
