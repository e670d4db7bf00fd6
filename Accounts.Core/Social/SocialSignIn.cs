using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Registration;
using Accounts.Core.SignIn;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Social;

/// <summary>
/// Signing in through somebody else. Who someone is, is said by provider and provider's id alone; an address only tells
/// whom a new identity might belong to, and never merges it into an account by itself.
/// </summary>
public sealed class SocialSignIn(
    AccountsDb db, SignInDoor door, AddressClaim claim, VerificationMail verification, MailThrottle mails,
    IOptions<RegistrationOptions> options, SecurityLog events, TimeProvider time)
{
    private const int Attempts = 6;

    /// <param name="profile">of somebody who has just proved at the provider who they are</param>
    /// <param name="request">what the client asks for</param>
    /// <exception cref="RefusedException">an account is to be made, and the provider names no address</exception>
    /// <exception cref="AccountExistsException">the identity is new, and its address somebody's</exception>
    /// <exception cref="AuthenticationFailedException">the user is not active</exception>
    /// <exception cref="PermissionDeniedException">sign-up is closed, or the address must be verified first</exception>
    public async Task<SignedIn> SignInAsync(ExternalProfile profile, SignInRequest request, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                if (await TryAsync(profile, attempt, request, cancellation) is { } signedIn)
                {
                    return signedIn;
                }
            }
            catch (DbUpdateException e) when (e.InnerException is PostgresException
            {
                SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation,
            })
            {
                // Username, address or identity have just been taken, or their user has gone; the next look finds out.
            }
            db.ChangeTracker.Clear();
        }
        throw new UnavailableException(TimeSpan.FromSeconds(1));
    }

    /// <summary>Null when somebody came between.</summary>
    private async Task<SignedIn?> TryAsync(ExternalProfile profile, int attempt, SignInRequest request, CancellationToken cancellation)
    {
        if (await OwnerAsync(profile, cancellation) is { } owner)
        {
            return await SignInOwnerAsync(owner, profile, request, cancellation);
        }
        profile.DemandAll();
        var (replaced, exists) = await claim.ExamineAsync(profile, cancellation);
        if (exists is not null)
        {
            return await AnswerAsync(exists, profile, cancellation);
        }
        if (!options.Value.Open)
        {
            throw new PermissionDeniedException(ErrorCode.RegistrationClosed);
        }
        return await RegisterAsync(profile, replaced, attempt, request, cancellation);
    }

    private Task<User?> OwnerAsync(ExternalProfile profile, CancellationToken cancellation) => (
        from account in db.SocialAccounts.Of(profile)
        join user in db.Users on account.UserId equals user.Id
        select user).AsNoTracking().SingleOrDefaultAsync(cancellation);

    private async Task<SignedIn?> SignInOwnerAsync(User owner, ExternalProfile profile, SignInRequest request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!owner.EmailConfirmed && profile.EmailVerified && profile.Email?.Key == owner.NormalizedEmail)
        {
            await VerifyAsync(owner, request.Device, cancellation);
        }
        var signedIn = await door.OpenAsync(new Proof(owner, profile.Provider), request, cancellation);
        if (await TouchAsync(owner, profile, cancellation) != 1)
        {
            return null;
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return signedIn;
    }

    /// <summary>An unverified account has no identity but the one that it was made by, so that this is its owner.</summary>
    private async Task VerifyAsync(User owner, Device device, CancellationToken cancellation)
    {
        var verified = await db.Users.Where(u => u.Id == owner.Id && u.Email == owner.Email && u.SecurityStamp == owner.SecurityStamp)
            .VerifyAsync(VerifiedBy.Provider, cancellation);
        if (verified == 1)
        {
            owner.EmailConfirmed = true;
            events.Add(SecurityEventKind.EmailVerified, owner.Id, null, device);
        }
    }

    /// <summary>One row, unless the identity has been disconnected meanwhile. What the provider withheld stays as it was.</summary>
    private Task<int> TouchAsync(User owner, ExternalProfile profile, CancellationToken cancellation)
    {
        var account = db.SocialAccounts.Of(profile).Where(a => a.UserId == owner.Id);
        return profile.Withheld is null ? KeepAsync(account, profile, cancellation) : account.ExecuteUpdateAsync(
            set => set.SetProperty(a => a.LastLogin, _ => AccountsDb.ClockTimestamp()), cancellation);
    }

    private static Task<int> KeepAsync(IQueryable<SocialAccount> account, ExternalProfile profile, CancellationToken cancellation) => account
        .ExecuteUpdateAsync(set => set
            .SetProperty(a => a.LastLogin, _ => AccountsDb.ClockTimestamp())
            .SetProperty(a => a.Email, profile.Email == null ? null : profile.Email.Text)
            .SetProperty(a => a.EmailVerified, profile.EmailVerified)
            .SetProperty(a => a.ExtraData, profile.ExtraData), cancellation);

    /// <summary>Null when the one who has the address is this very person, who has come by another request meanwhile.</summary>
    private async Task<SignedIn?> AnswerAsync(AccountExistsException exists, ExternalProfile profile, CancellationToken cancellation)
    {
        if (await OwnerAsync(profile, cancellation) is not null)
        {
            return null;
        }
        await db.SaveChangesAsync(cancellation);
        throw exists;
    }

    private async Task<SignedIn?> RegisterAsync(
        ExternalProfile profile, User? replaced, int attempt, SignInRequest request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (replaced is not null && !await claim.ReplaceAsync(replaced, request.Device, cancellation))
        {
            return null;
        }
        var user = Add(profile, attempt, request.Device);
        await db.SaveChangesAsync(cancellation);
        if (!user.EmailConfirmed && await mails.AdmitsAsync(user.Address, cancellation))
        {
            verification.Add(user);
        }
        var refusal = door.Refusal(user);
        var signedIn = refusal is null ? await door.OpenAsync(new Proof(user, profile.Provider), request, cancellation) : null;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return refusal is null ? signedIn : throw refusal;
    }

    private User Add(ExternalProfile profile, int attempt, Device device)
    {
        var now = time.GetUtcNow();
        var username = SuggestedUsername.For(profile, attempt);
        var user = User.OfProvider(username, profile.Email!, profile.EmailVerified, profile.FirstName, profile.LastName, now);
        user.AddWay(profile.Provider);
        db.Users.Add(user);
        db.SocialAccounts.Add(SocialAccount.Of(profile, user.Id, now));
        events.Add(SecurityEventKind.Registered, user.Id, null, device);
        return user;
    }
}
