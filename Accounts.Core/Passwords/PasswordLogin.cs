using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Registration;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>What a person types to sign in. The identifier is an address or a username.</summary>
public sealed record Credentials(string Identifier, string Password)
{
    public override string ToString() => nameof(Credentials);
}

/// <summary>Signing in with a password.</summary>
public sealed class PasswordLogin(
    AccountsDb db, PasswordCheck passwords, SessionOpening opening, IOptions<RegistrationOptions> options, SecurityLog events)
{
    private static readonly string[] ByPassword = ["pwd"];

    /// <param name="brought">the refresh token that came along, whose session this sign-in replaces; null for none</param>
    /// <exception cref="AuthenticationFailedException">unknown user, wrong password, inactive user, account without a password: one answer, one cost</exception>
    /// <exception cref="ThrottledException">too many have failed before</exception>
    /// <exception cref="PermissionDeniedException">the password was right, but the address must be verified first</exception>
    public async Task<SignedIn> LoginAsync(
        Credentials credentials, Device device, SessionKind kind, RefreshToken? brought, CancellationToken cancellation)
    {
        var (user, identifier) = await FindAsync(credentials.Identifier, cancellation);
        var rehashed = await passwords.DemandAsync(user, identifier, credentials.Password, device, cancellation);
        if (options.Value.RequireVerifiedEmail && !user!.EmailConfirmed)
        {
            throw new PermissionDeniedException(ErrorCode.EmailNotVerified, "Verify your e-mail address first, then sign in.");
        }
        return await OpenAsync(user!, rehashed, device, kind, brought, cancellation);
    }

    /// <summary>A valid address is looked up as one, everything else as a username.</summary>
    private async Task<(User? User, string Identifier)> FindAsync(string typed, CancellationToken cancellation)
    {
        var users = db.Users.AsNoTracking();
        if (EmailAddress.TryParse(typed, out var address))
        {
            return (await users.SingleOrDefaultAsync(u => u.NormalizedEmail == address.Key, cancellation), address.Key);
        }
        var key = LookupKey.OfUsername(typed);
        return (await users.SingleOrDefaultAsync(u => u.NormalizedUserName == key, cancellation), key);
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
        events.Add(SecurityEventKind.SignedIn, user.Id, session.Id, device);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return signedIn;
    }

    /// <summary>The same password under today's parameters: the stamp stays, and so do other sign-ins in flight.</summary>
    private Task<int> KeepRehashedAsync(User user, string rehashed, CancellationToken cancellation) => db.Users
        .Where(u => u.Id == user.Id && u.PasswordHash == user.PasswordHash)
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, rehashed), cancellation);
}
