using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>PBKDF2 (RFC 8018), to a key as long as its function's.</summary>
internal sealed record Pbkdf2Hash(HashAlgorithmName Function, int Iterations, byte[] Salt, byte[] Key) : ForeignPasswordHash(Key)
{
    public const int MostIterations = IdentityHash.MostIterations;

    protected override byte[] Derive(byte[] password) => Rfc2898DeriveBytes.Pbkdf2(password, Salt, Iterations, Function, Key.Length);
}
