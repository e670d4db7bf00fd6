using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Registration;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Social;

/// <summary>
/// What becomes of a new identity whose address somebody has. A verified user is asked for the password; an unverified
/// one, who may be anybody, gives way to whom the provider vouches for, password, sessions and all.
/// </summary>
public sealed class AddressClaim(AccountsDb db, SignInMethods methods, IOptions<RegistrationOptions> options, SecurityLog events)
{
    /// <summary>Either who has to give way (nobody, where the address is free), or why it is not to be had, with a link token that the caller saves.</summary>
    /// <exception cref="RefusedException">there is no address, or none that may be asked for</exception>
    /// <exception cref="AuthenticationFailedException">its user is not active</exception>
    public async Task<(User? Replaced, AccountExistsException? Exists)> ExamineAsync(ExternalProfile profile, CancellationToken cancellation)
    {
        // Where sign-up does not tell whether an address is taken, a claim that nobody has checked does not either.
        if (profile.Email is not { } email || (options.Value.HideExistingAccounts && !profile.EmailVerified))
        {
            throw new RefusedException(ErrorCode.EmailRequired);
        }
        var holder = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == email.Key, cancellation);
        if (holder is not null && !holder.IsLive())
        {
            throw AuthenticationFailedException.InvalidCredentials();
        }
        return holder is null || MayBeReplaced(holder, profile)
            ? (holder, null)
            : (null, new AccountExistsException(AddToken(holder, profile), [.. methods.Of(holder).Select(method => method.Name)]));
    }

    private static bool MayBeReplaced(User holder, ExternalProfile profile) =>
        profile.EmailVerified && !holder.EmailConfirmed && holder.Roles.Length == 0;

    /// <summary>An unverified user adds nothing: whoever registered somebody else's address would keep a way in.</summary>
    private string? AddToken(User holder, ExternalProfile profile)
    {
        if (!holder.EmailConfirmed || !holder.HasPassword)
        {
            return null;
        }
        db.LinkTokens.Add(LinkToken.For(holder, profile, out var token));
        return token;
    }

    /// <summary>Deletes the unverified user, unless they have become another meanwhile.</summary>
    public async Task<bool> ReplaceAsync(User replaced, Device device, CancellationToken cancellation)
    {
        var deleted = await db.Users.Live()
            .Where(u => u.Id == replaced.Id && u.NormalizedEmail == replaced.NormalizedEmail && !u.EmailConfirmed && u.Roles.Length == 0)
            .ExecuteDeleteAsync(cancellation);
        if (deleted == 1)
        {
            events.Add(SecurityEventKind.RegistrationReplaced, replaced.Id, null, device);
        }
        return deleted == 1;
    }
}
