using System.Buffers.Text;
using Accounts.Core.Passkeys;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace Accounts.Api.Passkeys;

/// <summary>
/// What the framework's handler reads of users and their passkeys. It knows a user by their handle and by nothing else, and writes nothing: what is
/// made and used is saved by the flows, in their own transactions.
/// </summary>
public sealed class PasskeyStore(KnownPasskeys passkeys) : IUserPasskeyStore<User>
{
    private const int HandleLength = 43;

    /// <summary>The handle as authenticators get it, which is text; empty for who has none.</summary>
    public static string HandleOf(User user) => user.PasskeyHandle is { } handle ? Base64Url.EncodeToString(handle) : "";

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(HandleOf(user));

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) => userId.Length == HandleLength && Base64Url.IsValid(userId)
        ? passkeys.OwnerAsync(Base64Url.DecodeFromChars(userId), cancellationToken)
        : Task.FromResult<User?>(null);

    public Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => passkeys.HolderAsync(credentialId, cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(user.Id, credentialId, cancellationToken) is { } passkey ? Info(passkey) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) =>
        [.. (await passkeys.OfAsync(user.Id, cancellationToken)).Select(Info)];

    /// <summary>With a counter of 0, to which every other is greater: it is compared where it is written.</summary>
    private static UserPasskeyInfo Info(Passkey passkey) => new(
        passkey.CredentialId, passkey.PublicKey, passkey.CreatedAt, signCount: 0, passkey.Transports, passkey.UserVerifiedAtRegistration,
        passkey.BackupEligible, passkey.BackedUp, attestationObject: [], clientDataJson: []);

    public void Dispose()
    {
    }

    public Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();
}
