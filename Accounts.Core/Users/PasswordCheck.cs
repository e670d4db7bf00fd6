using Accounts.Core.Security;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Microsoft.AspNetCore.Identity;

namespace Accounts.Core.Users;

/// <summary>
/// Checks a typed password, wherever one is asked for, in the one safe order: a place to hash, the atomic count, the
/// hash. Without a place nothing is counted, past the count nothing is hashed.
/// </summary>
public sealed class PasswordCheck(PasswordHashing hashing, AccountThrottle throttle, BrowserProof proofs)
{
    /// <param name="user">null where nobody stands behind the identifier: counted and hashed all the same</param>
    /// <param name="identifier">what was typed, as it is compared</param>
    /// <returns>the password's hash under today's parameters where the stored one has older ones; else null</returns>
    /// <exception cref="AuthenticationFailedException">it is not the password of a live user</exception>
    /// <exception cref="ThrottledException">too many have failed before</exception>
    /// <exception cref="UnavailableException">too many wait already</exception>
    public async Task<string?> DemandAsync(User? user, string identifier, string password, Device device, CancellationToken cancellation)
    {
        var known = user is null ? null : proofs.NameFor(SecretUse.DeviceCookies, device.Cookie, user.Id);
        using var place = hashing.Take(device with { IsKnown = known is not null });
        var attempt = await throttle.CountAsync(identifier, device, known, cancellation);
        var result = await hashing.VerifyAsync(place, user, password, cancellation);
        if (result == PasswordVerificationResult.Failed || user is not { IsActive: true, DeletedAt: null })
        {
            throw AuthenticationFailedException.InvalidCredentials();
        }
        await throttle.ForgetAsync(attempt, cancellation);
        return result == PasswordVerificationResult.SuccessRehashNeeded
            ? await hashing.HashAsync(place, password, cancellation)
            : null;
    }
}
