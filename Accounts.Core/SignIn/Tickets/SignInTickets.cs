using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn.Tickets;

/// <summary>Makes, counts and spends the tickets of sign-ins that wait for a second factor.</summary>
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

    /// <summary>The try is counted by the statement that reads the ticket, whatever comes of it.</summary>
    /// <exception cref="AuthenticationFailedException">unknown, spent, too old or tried too often, or its user has changed since</exception>
    public async Task<(SignInTicket Ticket, User User)> CountAttemptAsync(string token, CancellationToken cancellation)
    {
        var statement = $$"""
            UPDATE sign_in_tickets t SET attempts = t.attempts + 1
            WHERE t.hash = {0} AND t.used_at IS NULL AND t.expires_at > clock_timestamp() AND t.attempts < {1}
            RETURNING {{db.ColumnsOf<SignInTicket>("t")}}
            """;
        var counted = await db.SignInTickets.FromSqlRaw(statement, OpaqueToken.Hash(token), SignInTicket.MostAttempts).AsNoTracking().ToListAsync(cancellation);
        return counted is [var ticket] && await UserOfAsync(ticket, cancellation) is { } user ? (ticket, user) : throw Invalid();
    }

    /// <summary>Without counting a try: to ask a passkey, which nobody guesses.</summary>
    /// <inheritdoc cref="CountAttemptAsync"/>
    public async Task<User> UserOfAsync(string token, CancellationToken cancellation) => await FindUserAsync(token, cancellation) ?? throw Invalid();

    /// <summary>As <see cref="UserOfAsync(string, CancellationToken)"/>; null where it throws.</summary>
    public async Task<User?> FindUserAsync(string token, CancellationToken cancellation)
    {
        var hash = OpaqueToken.Hash(token);
        var ticket = await db.SignInTickets.AsNoTracking().SingleOrDefaultAsync(
            t => t.Hash == hash && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp() && t.Attempts < SignInTicket.MostAttempts, cancellation);
        return ticket is null ? null : await UserOfAsync(ticket, cancellation);
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

    /// <summary>The token that came along, if it is good: what replaces its session does not see it again.</summary>
    private async Task<RefreshToken?> OpenAsync(RefreshToken? brought, CancellationToken cancellation)
    {
        if (brought is null)
        {
            return null;
        }
        var hash = brought.SecretHash;
        return await LiveSessionRule.Open(db).AnyAsync(s => s.UserId == brought.UserId && s.Id == brought.SessionId && s.SecretHash == hash, cancellation)
            ? brought
            : null;
    }
}
