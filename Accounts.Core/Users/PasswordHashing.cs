using System.Buffers.Binary;
using System.Security.Cryptography;
using Accounts.Core.Security;
using Accounts.Core.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Users;

/// <summary>
/// Identity's hasher (PBKDF2-HMAC-SHA512, parameters in the hash), made safe to stand in the way of everybody: it runs
/// in the <see cref="HashingPool"/>, costs the same for a user who does not exist, and never obeys a stored iteration
/// count without limit.
/// </summary>
public sealed class PasswordHashing
{
    /// <summary>A stored count above this is not obeyed.</summary>
    public const int MostIterations = 4_000_000;

    private const byte IdentityV3 = 0x01;
    private const int IterationsAt = 5, HeaderLength = 13, SaltLength = 16, KeyLength = 32;

    private readonly PasswordHasher<User> hasher;
    private readonly HashingPool pool;
    private readonly string nobodys;
    private readonly int iterations;

    public PasswordHashing(IOptions<PasswordOptions> options, HashingPool pool)
    {
        hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations }));
        this.pool = pool;
        iterations = options.Value.Iterations;
        nobodys = hasher.HashPassword(null!, Guid.NewGuid().ToString());
    }

    /// <summary>The first step, before anything is counted.</summary>
    /// <exception cref="UnavailableException">too many wait already</exception>
    public HashingPlace Take(Device device) => pool.Take(device);

    public Task<string> HashAsync(HashingPlace place, string password, CancellationToken cancellation) =>
        place.RunAsync(() => hasher.HashPassword(null!, password), cancellation);

    /// <summary>Takes as long for no user, or one without a password, as for any other; the answer is then <see cref="PasswordVerificationResult.Failed"/>.</summary>
    public Task<PasswordVerificationResult> VerifyAsync(HashingPlace place, User? user, string password, CancellationToken cancellation) =>
        place.RunAsync(() => Verify(user?.PasswordHash, password), cancellation);

    private PasswordVerificationResult Verify(string? hash, string password)
    {
        if (hash is null || Iterations(hash) is not { } stored)
        {
            hasher.VerifyHashedPassword(null!, nobodys, password);
            return PasswordVerificationResult.Failed;
        }
        var result = hasher.VerifyHashedPassword(null!, hash, password);
        if (result == PasswordVerificationResult.Failed && stored < iterations)
        {
            // A hash of before the parameters rose: without the rest of today's cost it would show that the user exists.
            Rfc2898DeriveBytes.Pbkdf2(password, new byte[SaltLength], iterations - stored, HashAlgorithmName.SHA512, KeyLength);
        }
        return result;
    }

    /// <summary>Null where the stored hash is none, or asks for more than is ever obeyed.</summary>
    private static int? Iterations(string hash)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(hash, bytes, out var length) && length > HeaderLength && bytes[0] == IdentityV3
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[IterationsAt..]) is > 0 and <= MostIterations and var count ? (int)count : null;
    }
}
