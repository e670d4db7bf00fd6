using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Social.Ownership;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Social;

/// <summary>
/// Signing in through somebody else. Who someone is, is said by provider and provider's id alone; an address only tells
/// whom a new identity might belong to.
/// </summary>
public sealed class SocialSignIn(AccountsDb db, SignInDoor door, KnownIdentity known, NewIdentity newcomers)
{
    private const int Attempts = 6;

    /// <param name="profile">of somebody who has just proved at the provider who they are</param>
    /// <param name="usable">the providers that an account can be proved by here</param>
    /// <param name="request">what the client asks for</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="EmailRequiredException">the provider names no address, or vouches for none and somebody has it</exception>
    /// <exception cref="AccountExistsException">the identity is new, and its address somebody's</exception>
    /// <exception cref="ConflictException">the identity is new, and its address was somebody's a few days ago, who may have it back</exception>
    /// <exception cref="AuthenticationFailedException">the user is not active</exception>
    /// <exception cref="PermissionDeniedException">sign-up is closed, or the address must be verified first</exception>
    public async Task<SignedIn> SignInAsync(ExternalProfile profile, string[] usable, SignInRequest request, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                if (await TryAsync(profile, usable, attempt, request, cancellation) is { } signedIn)
                {
                    return signedIn;
                }
            }
            catch (DbUpdateException e) when (e.IsReservedAddress())
            {
                throw new ConflictException(ErrorCode.EmailTaken);
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
    private async Task<SignedIn?> TryAsync(ExternalProfile profile, string[] usable, int attempt, SignInRequest request, CancellationToken cancellation)
    {
        if (await known.OwnerAsync(profile, cancellation) is { } owner)
        {
            return await SignInOwnerAsync(owner, profile, request, cancellation);
        }
        profile.DemandAll();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (user, refusal) = await newcomers.PlaceAsync(profile, usable, attempt, request.Device, cancellation);
        // Who has the address may be this very person, who has come by another request meanwhile.
        if (user is null && (refusal is null || await known.OwnerAsync(profile, cancellation) is not null))
        {
            return null;
        }
        await db.SaveChangesAsync(cancellation);
        refusal ??= door.Refusal(user!);
        var outcome = user is null ? null : await WelcomeAsync(user, profile, refusal is null, request, cancellation);
        await transaction.CommitAsync(cancellation);
        return refusal is null ? outcome?.Demand() : throw refusal;
    }

    private async Task<SignedIn?> SignInOwnerAsync(User owner, ExternalProfile profile, SignInRequest request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await known.VerifyAsync(owner, profile, request.Device, cancellation);
        var outcome = await door.OpenAsync(profile.ProofOf(owner), request, cancellation);
        if (await known.TouchAsync(owner, profile, cancellation) != 1)
        {
            return null;
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return outcome.Demand();
    }

    /// <summary>Kept whether the door lets them in or not: an unverified user is made, and asked by mail.</summary>
    private async Task<SignInOutcome?> WelcomeAsync(User user, ExternalProfile profile, bool opens, SignInRequest request, CancellationToken cancellation)
    {
        await newcomers.AskToVerifyAsync(user, cancellation);
        var outcome = opens ? await door.OpenAsync(profile.ProofOf(user), request, cancellation) : null;
        await db.SaveChangesAsync(cancellation);
        return outcome;
    }
}
