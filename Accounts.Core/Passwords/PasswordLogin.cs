using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passwords;

/// <summary>What a person types to sign in. The identifier is an address or a username.</summary>
public sealed record Credentials(string Identifier, string Password)
{
    public override string ToString() => nameof(Credentials);
}

/// <summary>Signing in with a password.</summary>
public sealed class PasswordLogin(AccountsDb db, PasswordVerification passwords, SignInDoor door)
{
    private static readonly Func<AccountsDb, string, CancellationToken, Task<User?>> ByAddress = EF.CompileAsyncQuery(
        (AccountsDb db, string key, CancellationToken _) => db.Users.AsNoTracking().SingleOrDefault(u => u.NormalizedEmail == key));

    private static readonly Func<AccountsDb, string, CancellationToken, Task<User?>> ByUsername = EF.CompileAsyncQuery(
        (AccountsDb db, string key, CancellationToken _) => db.Users.AsNoTracking().SingleOrDefault(u => u.NormalizedUserName == key));

    /// <exception cref="AuthenticationFailedException">unknown user, wrong password, inactive user, account without a password: one answer, one cost</exception>
    /// <exception cref="ThrottledException">too many have failed before</exception>
    /// <exception cref="PermissionDeniedException">the password was right, and the policy refuses all the same</exception>
    public async Task<SignedIn> LoginAsync(Credentials credentials, SignInRequest request, CancellationToken cancellation)
    {
        var (user, identifier) = await FindAsync(credentials.Identifier, cancellation);
        var proof = await passwords.DemandAsync(user, identifier, credentials.Password, request.Device, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var outcome = await door.OpenAsync(proof, request, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return outcome.Demand();
    }

    /// <summary>A valid address is looked up as one, everything else as a username.</summary>
    private async Task<(User? User, string Identifier)> FindAsync(string typed, CancellationToken cancellation)
    {
        if (EmailAddress.TryParse(typed, out var address))
        {
            return (await ByAddress(db, address.Key, cancellation), address.Key);
        }
        var key = LookupKey.OfUsername(typed);
        return (await ByUsername(db, key, cancellation), key);
    }
}
