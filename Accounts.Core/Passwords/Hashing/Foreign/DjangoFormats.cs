using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>What Django's hashers write (django.contrib.auth.hashers): the hasher's word, its parameters, salt and key, between dollar signs.</summary>
internal static class DjangoFormats
{
    public static HashReading Read(string text)
    {
        var parts = text.Split('$');
        return parts[0] switch
        {
            "pbkdf2_sha256" => Pbkdf2(parts, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "pbkdf2_sha1" => Pbkdf2(parts, HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            "argon2" => Argon2OfAnybody.Read(text["argon2".Length..]),
            "bcrypt" => BcryptHash.Read(text["bcrypt$".Length..], overSha256: false),
            "bcrypt_sha256" => BcryptHash.Read(text["bcrypt_sha256$".Length..], overSha256: true),
            "scrypt" => Scrypt(parts),
            "sha1" => Digest(parts, HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            _ => Digest(parts, HashAlgorithmName.MD5, MD5.HashSizeInBytes),
        };
    }

    private static HashReading Pbkdf2(string[] parts, HashAlgorithmName function, int size)
    {
        var reader = new HashReader("PBKDF2", parts).Demand(4);
        var iterations = reader.Number(1, "iterations", 1, Pbkdf2Hash.MostIterations);
        var (salt, key) = (reader.TextSalt(2), reader.Base64(3, "key", size, size));
        return reader.Read(() => new Pbkdf2Hash(function, iterations, salt, key));
    }

    private static HashReading Scrypt(string[] parts)
    {
        var reader = new HashReader("scrypt", parts).Demand(6);
        var salt = reader.TextSalt(2);
        var cost = ScryptCost.Read(reader, reader.Part(1), reader.Part(3), reader.Part(4));
        var key = reader.Base64(5, "key", ScryptHash.ShortestKey, ScryptHash.LongestKey);
        return reader.Read(() => new ScryptHash(cost, salt, key));
    }

    private static HashReading Digest(string[] parts, HashAlgorithmName function, int size)
    {
        var reader = new HashReader(function.Name!, parts).Demand(3);
        var (salt, key) = (reader.TextSalt(1), reader.Hex(2, size));
        return reader.Read(() => new SaltedDigest(function, salt, key));
    }
}
