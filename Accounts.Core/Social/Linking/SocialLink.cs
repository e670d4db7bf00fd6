using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social.Linking;

/// <summary>
/// Adding a new identity to the account that has its address, by one proof that the account is theirs; signed in by both. Of who has a second factor
/// to prove nothing is added: a password alone would get a way in that outlives it. Signed in, they connect it.
/// </summary>
public sealed class SocialLink(AccountsDb db, LinkTokens tokens, LinkProofs proofs, LinkedIdentity identity, SignInDoor door)
{
    /// <exception cref="RefusedException">the token is unknown, spent, too old or tried too often, or its user has changed since</exception>
    /// <exception cref="AuthenticationFailedException">the proof is wrong; counted as a failed sign-in</exception>
    /// <exception cref="ThrottledException">too many passwords, or codes, have failed before</exception>
    /// <exception cref="ConflictException">the identity has got another user meanwhile, or the user another of that provider</exception>
    /// <exception cref="PermissionDeniedException">the policy refuses the user</exception>
    public async Task<SignedIn> LinkAsync(string token, LinkProof given, SignInRequest request, CancellationToken cancellation)
    {
        var (link, owner) = await tokens.CountAttemptAsync(token, cancellation);
        var proof = await proofs.DemandAsync(link, owner, given, request.Device, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await LockAsync(link, cancellation);
        if (await door.AskFactorAsync(proof with { User = user }, request, cancellation) is { } due)
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return due.Demand();
        }
        await tokens.SpendAsync(link, cancellation);
        await identity.AddAsync(link, user, given, request.Device, cancellation);
        await SaveAsync(cancellation);
        var outcome = await door.OpenAsync(proof with { User = user }, request, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return outcome.Demand();
    }

    /// <summary>The user's row first, as everywhere: whoever has changed since the proof is somebody else.</summary>
    private async Task<User> LockAsync(LinkToken link, CancellationToken cancellation) =>
        await db.LockUserAsync(link.UserId, cancellation) is { } user && user.SecurityStamp == link.SecurityStamp ? user : throw MailedTokenStore.Invalid();

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTaken(out _))
        {
            throw SocialConnection.Taken();
        }
    }
}
