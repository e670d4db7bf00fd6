using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Passwords;
using Accounts.Core.Secrets;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>Adding a new identity to the account that has its address, by the account's password; signed in by it.</summary>
public sealed class SocialLink(AccountsDb db, PasswordVerification passwords, SignInDoor door, SocialNotice notice, TimeProvider time)
{
    /// <exception cref="RefusedException">the token is unknown, spent, too old or tried too often, or its user has changed since</exception>
    /// <exception cref="AuthenticationFailedException">wrong password; counted as a failed sign-in</exception>
    /// <exception cref="ConflictException">the identity has got another user meanwhile</exception>
    public async Task<SignedIn> LinkAsync(string token, string password, SignInRequest request, CancellationToken cancellation)
    {
        var link = await CountAttemptAsync(token, cancellation) ?? throw MailedTokenStore.Invalid();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(
            u => u.Id == link.UserId && u.SecurityStamp == link.SecurityStamp && u.EmailConfirmed, cancellation) ?? throw MailedTokenStore.Invalid();
        var proof = await passwords.DemandAsync(user, user.NormalizedEmail!, password, request.Device, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var signedIn = await door.OpenAsync(proof with { Methods = [.. proof.Methods, link.Provider] }, request, cancellation);
        await SpendAsync(link, cancellation);
        await AddAsync(link, user, request.Device, cancellation);
        await transaction.CommitAsync(cancellation);
        return signedIn with { User = signedIn.User with { Providers = [.. signedIn.User.Providers, link.Provider] } };
    }

    /// <summary>Counted by the statement that reads it, whatever comes of it.</summary>
    private async Task<LinkToken?> CountAttemptAsync(string token, CancellationToken cancellation)
    {
        var hash = OpaqueToken.Hash(token);
        var statement = $$"""
            UPDATE link_tokens t SET attempts = t.attempts + 1
            WHERE t.hash = {0} AND t.used_at IS NULL AND t.expires_at > clock_timestamp() AND t.attempts < {1}
            RETURNING {{db.ColumnsOf<LinkToken>("t")}}
            """;
        var counted = await db.LinkTokens.FromSqlRaw(statement, hash, LinkToken.MostAttempts).AsNoTracking().ToListAsync(cancellation);
        return counted.SingleOrDefault();
    }

    private async Task SpendAsync(LinkToken link, CancellationToken cancellation)
    {
        var spent = await db.LinkTokens.Where(t => t.Hash == link.Hash && t.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation);
        if (spent != 1)
        {
            throw MailedTokenStore.Invalid();
        }
    }

    private async Task AddAsync(LinkToken link, User user, Device device, CancellationToken cancellation)
    {
        db.SocialAccounts.Add(SocialAccount.Of(link, time.GetUtcNow()));
        notice.Connected(user, link.Provider, device);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (SocialConnection.IsTaken(e))
        {
            throw SocialConnection.Taken();
        }
        // Not of the user as they were read: that was before the sign-in took the row.
        await db.Database.ExecuteSqlAsync($"UPDATE users SET ways = array_append(ways, {link.Provider}) WHERE id = {user.Id}", cancellation);
    }
}
