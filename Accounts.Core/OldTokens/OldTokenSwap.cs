using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.OldTokens;

/// <summary>
/// Takes an old refresh token, once: a session comes of it, as of a sign-in by one factor that was longer ago than anybody asks for. Within the leeway
/// it is told the same session again: a front end moves with ten tabs open.
/// </summary>
public sealed class OldTokenSwap(AccountsDb db, SignInDoor door, OldTokenOwners owners, TakenTokens taken, OldTokenSessions sessions)
{
    /// <param name="old">that was read</param>
    /// <param name="transport">as it came: its answer goes the same way</param>
    /// <param name="device">that it came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="AuthenticationFailedException">it has been taken, or nobody is signed in by it</exception>
    public async Task<SwappedToken> SwapAsync(OldToken old, SessionTransport transport, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await owners.LockAsync(old, cancellation) ?? throw Refused();
        if (!await taken.TakeAsync(user, old, cancellation))
        {
            return await taken.SessionOfAsync(user, old, cancellation) is { } sessionId && await sessions.RepeatAsync(user, sessionId, old, transport, cancellation) is { } again
                ? again
                : throw Refused();
        }
        var swapped = await OpenAsync(user, old, transport, device, cancellation) ?? throw Refused();
        await db.SaveChangesAsync(cancellation);
        await taken.NameAsync(user, old, swapped.Session.SessionId, cancellation);
        await transaction.CommitAsync(cancellation);
        return swapped;
    }

    /// <summary>Null for who is not let in by it, or has more to prove first.</summary>
    private async Task<SwappedToken?> OpenAsync(User user, OldToken old, SessionTransport transport, Device device, CancellationToken cancellation)
    {
        if (door.Refusal(user) is not null)
        {
            return null;
        }
        // By nothing that we know of, and nobody knows when.
        var proof = new Proof(user) { AuthTime = Proof.Unknown };
        return await door.OpenAsync(proof, new SignInRequest(device, sessions.KindFor(old, transport)), cancellation) is SignedIn signedIn ? sessions.Of(signedIn.Tokens) : null;
    }

    /// <summary>Who signs out by it does not come back by it.</summary>
    public async Task EndAsync(OldToken old, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await owners.LockAsync(old, cancellation) is { } user)
        {
            await taken.TakeAsync(user, old, cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    private static AuthenticationFailedException Refused() => AuthenticationFailedException.RefreshToken(TokenRejection.Revoked);
}
