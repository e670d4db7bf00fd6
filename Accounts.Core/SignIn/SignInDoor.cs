using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.NewDevices;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn;

/// <summary>
/// The only door. Every way of signing in makes a proof and brings it here, inside a transaction that the way commits:
/// what it spends or stores stands or falls with the session. Here, and nowhere else, it is decided who is let in.
/// </summary>
public sealed class SignInDoor(AccountsDb db, SessionOpening opening, SignInMethods methods, SignInPolicy policy, SignInNotice notice)
{
    /// <returns>a session, or a ticket for who has a second factor to prove</returns>
    /// <exception cref="AuthenticationFailedException">the user is no longer who was proved, or does not live</exception>
    /// <exception cref="PermissionDeniedException">the policy refuses them</exception>
    public async Task<SignInOutcome> OpenAsync(Proof proof, SignInRequest request, CancellationToken cancellation)
    {
        if (await policy.DueAsync(proof, request, cancellation) is { } due)
        {
            await KeepAsync(proof, cancellation);
            return due;
        }
        var restored = await policy.PassAsync(proof.User, request, cancellation);
        var (session, tokens) = await opening.OpenAsync(proof.User, request.Device, request.Kind, proof.Methods, proof.AuthTime, cancellation);
        await KeepAsync(proof, cancellation);
        foreach (var replaced in request.Replaces)
        {
            if (await db.EndSessionAsync(replaced, SessionEnd.Replaced, cancellation))
            {
                notice.AddReplaced(replaced.UserId, replaced.SessionId, request.Device);
            }
        }
        await notice.AddAsync(proof.User, session, request.Device, cancellation);
        return Answer(proof.User, session, tokens) with { Restored = restored };
    }

    /// <summary>For a way that changes the account, which must not be before a second factor is proved.</summary>
    /// <returns>a ticket, for who has one to prove; null for all others, who are to be let in or refused when the change is made</returns>
    public async Task<SignInOutcome?> AskFactorAsync(Proof proof, SignInRequest request, CancellationToken cancellation) =>
        methods.FactorsOf(proof.User.Ways).Length > 0 ? await policy.DueAsync(proof, request, cancellation) : null;

    /// <summary>For who has proved once more who they are, in a session of before they had to have a second factor: that gets them what a sign-in would.</summary>
    /// <param name="proof">of who is signed in</param>
    /// <param name="sessionId">their session, whose kind the one will have that the factor opens</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>a ticket, which the caller saves; null for all others</returns>
    /// <exception cref="PermissionDeniedException">the policy refuses them</exception>
    public async Task<SecondFactorDue?> AskEnrolmentAsync(Proof proof, Guid sessionId, Device device, CancellationToken cancellation)
    {
        if (!policy.MustEnrol(proof.User))
        {
            return null;
        }
        var kind = await db.Sessions.Where(s => s.UserId == proof.User.Id && s.Id == sessionId).Select(s => new SessionKind(s.Persistent, s.Transport)).SingleAsync(cancellation);
        return await policy.DueAsync(proof, new SignInRequest(device, kind), cancellation);
    }

    /// <summary>Why the policy lets the user in by no proof; null where it lets them in. For a way that has to commit before it refuses.</summary>
    public PermissionDeniedException? Refusal(User user) => policy.Refusal(user);

    /// <summary>For who stays signed in while all of their sessions end. The caller holds the user's row, and has ended the session.</summary>
    /// <returns>null for who must have a second factor by now and has none: a sign-in of theirs adds one first</returns>
    public async Task<SignedIn?> ContinueAsync(User user, Session ended, Device device, CancellationToken cancellation)
    {
        if (policy.MustEnrol(user))
        {
            return null;
        }
        var (session, tokens) = await opening.ContinueAsync(user, ended, device, cancellation);
        return Answer(user, session, tokens);
    }

    /// <summary>For who has proved once more who they are, in session mode, where nothing but the session's token could say so: its session ends, and the new one rests on that proof alone.</summary>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile</exception>
    public async Task<IssuedTokens> RenewAsync(Proof proof, LiveTokenSession live, Device device, CancellationToken cancellation)
    {
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        var ended = await db.OpenSessionAsync(user.Id, new CarriedCredential(live.Shown, live.Transport), cancellation);
        if (ended is null || !await db.EndSessionAsync(live.Shown, SessionEnd.Replaced, cancellation))
        {
            throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
        }
        return await opening.RenewAsync(user, ended, device, proof.Methods, proof.AuthTime ?? live.Now, cancellation);
    }

    /// <summary>The same password under today's parameters: the stamp stays, and so do other sign-ins in flight.</summary>
    private async Task KeepAsync(Proof proof, CancellationToken cancellation)
    {
        var (user, rehashed) = (proof.User, proof.Rehashed);
        if (rehashed is not null)
        {
            await db.Users.Where(u => u.Id == user.Id && u.PasswordHash == user.PasswordHash)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, rehashed), cancellation);
        }
    }

    /// <summary>The epoch is the session's: the user was loaded before.</summary>
    private SignedIn Answer(User user, Session session, IssuedTokens tokens) =>
        new(tokens, UserProfile.Of(user, methods.ProvidersOf(user)), DeviceBond.Of(user) with { Epoch = session.Epoch });
}
