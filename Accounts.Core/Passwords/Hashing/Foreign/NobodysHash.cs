using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>The rest of a hash, for a kind (<see cref="StoredHash.KindOfColumn"/>), that no password has.</summary>
internal static class NobodysHash
{
    private const string OddSalt = "~", SaltInside = "$$";
    private const int Block = 32, LongKey = 64;

    /// <summary>Null for no kind; what asks for too much is for the caller to judge.</summary>
    public static string? Of(string kind) => kind.Split('$', ':') switch
    {
        ["", "argon2id" or "argon2i" or "argon2d", ..] or ["argon2", ..] => Argon2(kind),
        ["", "2a" or "2b" or "2y", ..] or ["bcrypt" or "bcrypt_sha256", ..] => kind + Bcrypt(),
        ["", "firescrypt", ..] => $"{kind}{Base64(8)}${Base64(LongKey)}${Base64(1)}${Base64(LongKey)}",
        ["pbkdf2_sha256", ..] => $"{kind}{Hex(8)}${Base64(SHA256.HashSizeInBytes)}",
        ["pbkdf2_sha1", ..] => $"{kind}{Hex(8)}${Base64(SHA1.HashSizeInBytes)}",
        ["scrypt", ..] when kind.Contains(SaltInside, StringComparison.Ordinal) => kind.Replace(SaltInside, $"${Hex(8)}$", StringComparison.Ordinal) + Base64(LongKey),
        ["scrypt", ..] => $"{kind}{Hex(8)}${Hex(LongKey)}",
        ["md5", ..] => $"{kind}{Hex(8)}${Hex(MD5.HashSizeInBytes)}",
        ["sha1", ..] or ["pbkdf2", "sha1", ..] => $"{kind}{Hex(8)}${Hex(SHA1.HashSizeInBytes)}",
        ["sha256", ..] or ["pbkdf2", "sha256", ..] => $"{kind}{Hex(8)}${Hex(SHA256.HashSizeInBytes)}",
        ["sha512", ..] or ["pbkdf2", "sha512", ..] => $"{kind}{Hex(8)}${Hex(SHA512.HashSizeInBytes)}",
        ["sha256hex", ..] => kind + Hex(SHA256.HashSizeInBytes),
        _ => null,
    };

    private static string Argon2(string kind) => kind.EndsWith(OddSalt, StringComparison.Ordinal)
        ? $"{kind[..^OddSalt.Length]}{Base64(8).TrimEnd('=')}${Base64(Block).TrimEnd('=')}"
        : kind + Argon2Hash.RestOfNobodys();

    /// <summary>Digits that both alphabets have.</summary>
    private static string Bcrypt() => Hex(Block)[..53];

    private static string Base64(int length) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(length));

    private static string Hex(int length) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(length));
}
