using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>What Werkzeug's generate_password_hash writes: a method with its parameters between colons, then salt and key. Without parameters, before its version 3, it is an HMAC.</summary>
internal static class WerkzeugFormats
{
    public static HashReading Read(string text)
    {
        var parts = text.Split('$');
        var method = parts[0].Split(':');
        return method[0] switch
        {
            "scrypt" => Scrypt(method, parts),
            "pbkdf2" => Pbkdf2(method, parts),
            _ => Hmac(parts),
        };
    }

    private static HashReading Scrypt(string[] method, string[] parts)
    {
        var reader = new HashReader("scrypt", parts).Demand(method.Length == 4 ? 3 : 0);
        var cost = ScryptCost.Read(reader, method.ElementAtOrDefault(1), method.ElementAtOrDefault(2), method.ElementAtOrDefault(3));
        var (salt, key) = (reader.TextSalt(1), reader.Hex(2, ScryptHash.LongestKey));
        return reader.Read(() => new ScryptHash(cost, salt, key));
    }

    private static HashReading Pbkdf2(string[] method, string[] parts)
    {
        var reader = new HashReader("PBKDF2", parts).Demand(method.Length == 3 ? 3 : 0);
        var (function, size) = Function(reader, method.ElementAtOrDefault(1));
        var iterations = reader.Number(method.ElementAtOrDefault(2) ?? "", "iterations", 1, Pbkdf2Hash.MostIterations);
        var (salt, key) = (reader.TextSalt(1), reader.Hex(2, size));
        return reader.Read(() => new Pbkdf2Hash(function, iterations, salt, key));
    }

    private static HashReading Hmac(string[] parts)
    {
        var reader = new HashReader("HMAC", parts).Demand(3);
        var (function, size) = Function(reader, parts[0]);
        var (salt, key) = (reader.TextSalt(1), reader.Hex(2, size));
        return reader.Read(() => new KeyedDigest(function, salt, key));
    }

    private static (HashAlgorithmName Function, int Size) Function(HashReader reader, string? word)
    {
        switch (word)
        {
            case "sha1":
                return (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes);
            case "sha256":
                return (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
            case "sha512":
                return (HashAlgorithmName.SHA512, SHA512.HashSizeInBytes);
            default:
                reader.Refuse("by a function that is not known");
                return default;
        }
    }
}
