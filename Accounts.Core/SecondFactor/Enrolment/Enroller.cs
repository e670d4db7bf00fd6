using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Tokens;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor.Enrolment;

/// <summary>Who adds a second factor.</summary>
/// <param name="UserId">to whose account</param>
/// <param name="SessionId">that goes on while all others end; null for none</param>
public abstract record Enroller(Guid UserId, Guid? SessionId)
{
    public sealed override string ToString() => $"{GetType().Name} of user {UserId}";
}

/// <summary>Somebody who is signed in.</summary>
public sealed record SignedInEnroller(LiveSession Live) : Enroller(Live.User.Id, Live.SessionId);

/// <summary>Somebody whose sign-in waits for it, and who has shown to read the account's mail.</summary>
public sealed record WaitingEnroller(SignInTicket Ticket) : Enroller(Ticket.UserId, null)
{
    /// <summary>What they have proved once the factor is added.</summary>
    /// <param name="user">as they are then</param>
    /// <param name="methods">of the factor, for <c>amr</c></param>
    public Proof ProofOf(User user, params string[] methods) =>
        new(user, [.. Ticket.Methods.Append(SignInMethods.MailedCode).Concat(methods).Append(AuthenticationLevel.Multiple).Distinct()]);
}

/// <summary>Locks the user who gets a factor, first of all rows.</summary>
public static class EnrollerLock
{
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile, or the ticket is good for nothing any more</exception>
    public static async Task<User> LockUserAsync(this AccountsDb db, Enroller who, CancellationToken cancellation) => who switch
    {
        SignedInEnroller { Live: var live } => await db.LockUserAsync(live.User.Id, live.SessionId, cancellation),
        WaitingEnroller { Ticket: var ticket } => await db.LockAnyUserAsync(ticket.UserId, cancellation) is { } user && ticket.IsOf(user)
            ? user
            : throw new AuthenticationFailedException(ErrorCode.InvalidTicket),
        _ => throw new ArgumentOutOfRangeException(nameof(who)),
    };
}
