namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>Every format that is read, by how its text begins.</summary>
internal static class ForeignFormats
{
    public static HashReading Read(string text)
    {
        var end = text.AsSpan().IndexOfAny('$', ':');
        return (end < 0 ? "" : text[..end]) switch
        {
            "" when end >= 0 => OfCrypt(text),
            "pbkdf2_sha256" or "pbkdf2_sha1" or "argon2" or "bcrypt" or "bcrypt_sha256" or "md5" or "sha1" => DjangoFormats.Read(text),
            "scrypt" => text[end] == ':' ? WerkzeugFormats.Read(text) : DjangoFormats.Read(text),
            "pbkdf2" or "sha256" or "sha512" => WerkzeugFormats.Read(text),
            "sha256hex" => BareSha256Hash.Read(text),
            _ => Unknown(),
        };
    }

    /// <summary>What begins as crypt(3) and PHC strings do.</summary>
    private static HashReading OfCrypt(string text) => text.Split('$') is [_, var name, ..]
        ? name switch
        {
            "argon2id" or "argon2i" or "argon2d" => Argon2OfAnybody.Read(text),
            "2a" or "2b" or "2y" => BcryptHash.Read(text, overSha256: false),
            "firescrypt" => FirebaseHash.Read(text),
            _ => Unknown(),
        }
        : Unknown();

    private static HashReading Unknown() => new(null, "a hash of a format that is not known");
}
