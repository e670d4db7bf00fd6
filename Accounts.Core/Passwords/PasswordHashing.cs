using System.Security.Cryptography;
using Accounts.Core.Failures;
using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>
/// Identity's hashes (PBKDF2-HMAC-SHA512, parameters in the hash), made safe to stand in the way of everybody: they are
/// computed in the <see cref="HashingPool"/>, cost the same for a user who does not exist, and a stored iteration count
/// is never obeyed without limit. What is stored comes from Identity's hasher; what is compared with it may be computed
/// together with others'.
/// </summary>
public sealed class PasswordHashing
{
    /// <summary>A stored count above this is not obeyed.</summary>
    public const int MostIterations = 4_000_000;

    private readonly PasswordHasher<User> hasher;
    private readonly HashingPool pool;
    private readonly StoredPassword nobodys;
    private readonly int iterations;

    public PasswordHashing(IOptions<PasswordOptions> options, HashingPool pool)
    {
        hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations }));
        this.pool = pool;
        iterations = options.Value.Iterations;
        nobodys = StoredPassword.OfNobody(iterations);
    }

    /// <summary>The first step, before anything is counted.</summary>
    /// <exception cref="UnavailableException">too many wait already</exception>
    public HashingPlace Take(Device device) => pool.Take(device);

    public Task<string> HashAsync(HashingPlace place, string password, CancellationToken cancellation) =>
        place.RunAsync(() => hasher.HashPassword(null!, password), cancellation);

    /// <summary>Takes as long for no user, or one without a password, as for any other; the answer is then <see cref="PasswordVerificationResult.Failed"/>.</summary>
    public async Task<PasswordVerificationResult> VerifyAsync(HashingPlace place, User? user, string password, CancellationToken cancellation)
    {
        var stored = StoredPassword.Read(user?.PasswordHash, MostIterations);
        var parameters = (stored ?? nobodys).Parameters;
        var key = await place.DeriveAsync(new PasswordDerivation(password, parameters, iterations), cancellation);
        if (stored is null || !CryptographicOperations.FixedTimeEquals(key, stored.Key))
        {
            return PasswordVerificationResult.Failed;
        }
        return parameters.Iterations < iterations || parameters.Algorithm != HashAlgorithmName.SHA512
            ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Success;
    }
}
