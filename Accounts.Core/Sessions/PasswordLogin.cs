using Accounts.Core.Data;
using Accounts.Core.Security;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Sessions;

/// <summary>What a person types to sign in. The identifier is an address or a username.</summary>
public sealed record Credentials(string Identifier, string Password);

/// <summary>Signing in with a password.</summary>
public sealed class PasswordLogin(
    AccountsDb db, PasswordHashing hashing, SessionOpening opening, IOptions<RegistrationOptions> options, TimeProvider time)
{
    private static readonly string[] ByPassword = ["pwd"];

    /// <param name="brought">the refresh token that came along, whose session this sign-in replaces; null for none</param>
    /// <exception cref="AuthenticationFailedException">unknown user, wrong password, inactive user, account without a password: one answer, one cost</exception>
    /// <exception cref="PermissionDeniedException">the password was right, but the address must be verified first</exception>
    public async Task<SignedIn> LoginAsync(
        Credentials credentials, Device device, SessionKind kind, RefreshToken? brought, CancellationToken cancellation)
    {
        if (PasswordPolicy.IsTooLong(credentials.Password))
        {
            throw AuthenticationFailedException.InvalidCredentials();
        }
        var user = await FindAsync(credentials.Identifier, cancellation);
        var result = await hashing.VerifyAsync(user, credentials.Password, device, cancellation);
        if (user is null || result == PasswordVerificationResult.Failed || !user.IsActive || user.DeletedAt is not null)
        {
            throw AuthenticationFailedException.InvalidCredentials();
        }
        if (options.Value.RequireVerifiedEmail && !user.EmailConfirmed)
        {
            throw new PermissionDeniedException(ErrorCode.EmailNotVerified, "Verify your e-mail address first, then sign in.");
        }
        var rehashed = result == PasswordVerificationResult.SuccessRehashNeeded
            ? await hashing.HashAsync(credentials.Password, device, cancellation)
            : null;
        return await OpenAsync(user, rehashed, device, kind, brought, cancellation);
    }

    private Task<User?> FindAsync(string identifier, CancellationToken cancellation)
    {
        var (byEmail, key) = EmailAddress.TryParse(identifier, out var address)
            ? (true, address.Key)
            : (false, LookupKey.OfUsername(identifier));
        return db.Users.AsNoTracking()
            .SingleOrDefaultAsync(u => byEmail ? u.NormalizedEmail == key : u.NormalizedUserName == key, cancellation);
    }

    private async Task<SignedIn> OpenAsync(
        User user, string? rehashed, Device device, SessionKind kind, RefreshToken? brought, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (session, signedIn) = await opening.OpenAsync(user, device, kind, ByPassword, cancellation);
        if (rehashed is not null)
        {
            await KeepRehashedAsync(user, rehashed, cancellation);
        }
        if (brought is not null)
        {
            await db.EndSessionAsync(brought, SessionEnd.Replaced, cancellation);
        }
        db.SecurityEvents.Add(SecurityEvent.Of(SecurityEventKind.SignedIn, user.Id, session.Id, device, time.GetUtcNow()));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return signedIn;
    }

    /// <summary>The same password under today's parameters: the stamp stays, and so do other sign-ins in flight.</summary>
    private Task<int> KeepRehashedAsync(User user, string rehashed, CancellationToken cancellation) => db.Users
        .Where(u => u.Id == user.Id && u.PasswordHash == user.PasswordHash)
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, rehashed), cancellation);
}
