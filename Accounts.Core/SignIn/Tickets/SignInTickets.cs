using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn.Tickets;

/// <summary>Makes, counts and spends the tickets of sign-ins that wait for a second factor, to be proved or to be added.</summary>
public sealed class SignInTickets(AccountsDb db)
{
    /// <summary>Saved with what the proof has spent, by the caller.</summary>
    /// <param name="proof">of the first factor</param>
    /// <param name="request">that it came with</param>
    /// <param name="factors">that the user has</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<SecondFactorRequiredException> AddAsync(Proof proof, SignInRequest request, string[] factors, CancellationToken cancellation)
    {
        db.SignInTickets.Add(SignInTicket.For(proof, request, await OpenAsync(request.Replaces, cancellation), out var token));
        return new SecondFactorRequiredException(factors) { Ticket = token, Lifetime = SignInTicket.Lifetime };
    }

    /// <summary>For who has no factor and must; saved as the other.</summary>
    public async Task<EnrolmentRequiredException> AddForEnrolmentAsync(Proof proof, SignInRequest request, CancellationToken cancellation)
    {
        // The proof may have ended all that there was, and raised the epoch since the user was loaded.
        var epoch = await db.Users.Where(u => u.Id == proof.User.Id).Select(u => u.SessionsEpoch).SingleAsync(cancellation);
        var replaced = await OpenAsync(request.Replaces, cancellation);
        db.SignInTickets.Add(SignInTicket.ForEnrolment(proof, request, replaced, epoch, await db.ReadClockAsync(cancellation), out var token));
        return new EnrolmentRequiredException(token, SignInTicket.EnrolmentLifetime);
    }

    /// <summary>One by which a factor is added. Nobody guesses it, and no try is counted.</summary>
    /// <inheritdoc cref="CountAttemptAsync"/>
    public async Task<(SignInTicket Ticket, User User)> FindForEnrolmentAsync(string token, CancellationToken cancellation) =>
        await FindAsync(token, TicketPurpose.Enrolment, cancellation) is { } ticket && await UserOfAsync(ticket, cancellation) is { } user ? (ticket, user) : throw Invalid();

    /// <summary>Who has the ticket reads the user's mail. Saved at once.</summary>
    public Task<int> ProveMailAsync(SignInTicket ticket, CancellationToken cancellation) => db.SignInTickets.Where(t => t.Hash == ticket.Hash)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.MailProvedAt, _ => AccountsDb.ClockTimestamp()), cancellation);

    /// <summary>The try is counted by the statement that reads the ticket, whatever comes of it.</summary>
    /// <exception cref="AuthenticationFailedException">unknown, spent, too old or tried too often, or its user has changed since</exception>
    public async Task<(SignInTicket Ticket, User User)> CountAttemptAsync(string token, CancellationToken cancellation)
    {
        var statement = $$"""
            UPDATE sign_in_tickets t SET attempts = t.attempts + 1
            WHERE t.hash = {0} AND t.purpose = {2} AND t.used_at IS NULL AND t.expires_at > clock_timestamp() AND t.attempts < {1}
            RETURNING {{db.ColumnsOf<SignInTicket>("t")}}
            """;
        object[] values = [OpaqueToken.Hash(token), SignInTicket.MostAttempts, SnakeCaseEnum<TicketPurpose>.Word(TicketPurpose.SecondFactor)];
        var counted = await db.SignInTickets.FromSqlRaw(statement, values).AsNoTracking().ToListAsync(cancellation);
        return counted is [var ticket] && await UserOfAsync(ticket, cancellation) is { } user ? (ticket, user) : throw Invalid();
    }

    /// <summary>Without counting a try: to ask a passkey, which nobody guesses.</summary>
    /// <inheritdoc cref="CountAttemptAsync"/>
    public async Task<User> UserOfAsync(string token, CancellationToken cancellation) => 
        await FindAsync(token, TicketPurpose.SecondFactor, cancellation) is { } ticket && await UserOfAsync(ticket, cancellation) is { } user ? user : throw Invalid();

    /// <summary>Whose sign-in waits, whatever for; null where the ticket is good for nothing any more.</summary>
    public Task<Guid?> OwnerAsync(string token, CancellationToken cancellation)
    {
        var hash = OpaqueToken.Hash(token);
        return db.SignInTickets.Where(t => t.Hash == hash && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp())
            .Select(t => (Guid?)t.UserId).SingleOrDefaultAsync(cancellation);
    }

    private Task<SignInTicket?> FindAsync(string token, TicketPurpose purpose, CancellationToken cancellation)
    {
        var hash = OpaqueToken.Hash(token);
        return db.SignInTickets.AsNoTracking().SingleOrDefaultAsync(
            t => t.Hash == hash && t.Purpose == purpose && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp() && t.Attempts < SignInTicket.MostAttempts, cancellation);
    }

    /// <exception cref="AuthenticationFailedException">somebody has been quicker</exception>
    public async Task SpendAsync(SignInTicket ticket, CancellationToken cancellation)
    {
        var spent = await db.SignInTickets.Where(t => t.Hash == ticket.Hash && t.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation);
        if (spent != 1)
        {
            throw Invalid();
        }
    }

    private static AuthenticationFailedException Invalid() => new(ErrorCode.InvalidTicket);

    /// <summary>Null where they have changed since.</summary>
    private Task<User?> UserOfAsync(SignInTicket ticket, CancellationToken cancellation) => db.Users.AsNoTracking()
        .SingleOrDefaultAsync(u => u.Id == ticket.UserId && u.SecurityStamp == ticket.SecurityStamp && u.SessionsEpoch == ticket.Epoch, cancellation);

    /// <summary>Of the tokens that came along the first that is good: what replaces its session does not see it again.</summary>
    private async Task<SessionCredential?> OpenAsync(SessionCredential[] all, CancellationToken cancellation)
    {
        foreach (var brought in all)
        {
            var hash = brought.SecretHash;
            if (await LiveSessionRule.Open(db).AnyAsync(s => s.UserId == brought.UserId && s.Id == brought.SessionId && s.SecretHash == hash, cancellation))
            {
                return brought;
            }
        }
        return null;
    }
}
