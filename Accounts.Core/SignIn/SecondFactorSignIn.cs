using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.TrustedDevices;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn;

/// <summary>Who finishes what somebody has begun.</summary>
/// <param name="Device">that the request comes from</param>
/// <param name="BodyRefusal">why it may get no token in a body, which the first request may have asked for; null where it may</param>
public sealed record FinishingClient(Device Device, PermissionDeniedException? BodyRefusal)
{
    /// <summary>Whether the next sign-ins there are to be spared the question.</summary>
    public bool TrustsDevice { get; init; }

    /// <exception cref="PermissionDeniedException">the first request was for bodies, and this one may have none</exception>
    public void Demand(SignInTicket ticket)
    {
        if (!ticket.Transport.KeepsCookies() && BodyRefusal is { } refusal)
        {
            throw refusal;
        }
    }
}

/// <summary>Goes on with a sign-in that waits for a second factor. What was asked for with the first is done, and nothing else.</summary>
public sealed class SecondFactorSignIn(AccountsDb db, SignInTickets tickets, FactorChecks factors, WaitingSignIn waiting, DeviceTrust trust)
{
    /// <exception cref="AuthenticationFailedException">the ticket is good for nothing any more, or the factor proves nothing</exception>
    /// <exception cref="ThrottledException">too many codes have failed before</exception>
    /// <exception cref="PermissionDeniedException">the policy refuses the user by now</exception>
    public async Task<SignedIn> SignInAsync(string token, FactorProof given, FinishingClient client, CancellationToken cancellation)
    {
        var (ticket, user) = await tickets.CountAttemptAsync(token, cancellation);
        client.Demand(ticket);
        var methods = await factors.DemandAsync(user, given, client.Device, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAnyUserAsync(user.Id, cancellation);
        await DemandEpochAsync(ticket, cancellation);
        var signedIn = await waiting.OpenAsync(ticket, new Proof(user, [.. ticket.Methods, .. methods]), client.Device, cancellation);
        // A client without cookies could not keep it.
        var trusted = client.TrustsDevice && ticket.Transport.KeepsCookies() ? await trust.AddAsync(user, client.Device, cancellation) : null;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return signedIn with { Trust = trusted };
    }

    /// <summary>The door looks at the stamp; who has signed out everywhere meanwhile is not signed in by what was begun before.</summary>
    private async Task DemandEpochAsync(SignInTicket ticket, CancellationToken cancellation)
    {
        if (!await db.Users.AnyAsync(u => u.Id == ticket.UserId && u.SessionsEpoch == ticket.Epoch, cancellation))
        {
            throw new AuthenticationFailedException(ErrorCode.InvalidTicket);
        }
    }
}
