using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>What PBKDF2-HMAC needs besides the password (RFC 8018, §5.2).</summary>
/// <param name="Length">of the key, in bytes</param>
public sealed record KeyParameters(HashAlgorithmName Algorithm, byte[] Salt, int Iterations, int Length);

/// <summary>A key that is to be derived from a password.</summary>
/// <param name="Cost">iterations that are computed at least: a hash of before the parameters rose costs as much as today's, or its time would show that the user exists</param>
public sealed record PasswordDerivation(string Password, KeyParameters Parameters, int Cost)
{
    /// <summary>Iterations that are computed in all.</summary>
    public int Iterations => Math.Max(Cost, Parameters.Iterations);

    /// <summary>By the platform's library.</summary>
    public byte[] Derive()
    {
        var (algorithm, salt, iterations, length) = Parameters;
        var key = Rfc2898DeriveBytes.Pbkdf2(Password, salt, iterations, algorithm, length);
        if (Iterations > iterations)
        {
            Rfc2898DeriveBytes.Pbkdf2(Password, salt, Iterations - iterations, HashAlgorithmName.SHA512, length);
        }
        return key;
    }
}
