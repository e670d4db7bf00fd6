using Accounts.Core.Passwords.Hashing.Foreign;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// What may stand in a user's row: Argon2id as a PHC string, Identity's third format, and what users have brought along from
/// somewhere else. Its kind is the part that says how it is computed, and so at what cost.
/// </summary>
internal static class StoredHash
{
    /// <summary>
    /// The kind of a <c>password_hash</c>, in SQL; null in what is no hash. Not by a regular expression, which takes PostgreSQL many times as long. An Argon2
    /// hash with another salt than ours is computed otherwise and so of another kind, which "~" tells.
    /// </summary>
    public const string KindOfColumn = """
        CASE WHEN password_hash LIKE '$argon2%' OR password_hash LIKE 'argon2$%' THEN
                  concat_ws('$', split_part(password_hash, '$', 1), split_part(password_hash, '$', 2), split_part(password_hash, '$', 3), split_part(password_hash, '$', 4),
                            CASE WHEN length(split_part(password_hash, '$', 5)) = 22 THEN '' ELSE '~' END)
             WHEN password_hash LIKE 'AQAAAA%' THEN left(password_hash, 16)
             WHEN password_hash LIKE 'pbkdf2\_%' THEN concat_ws('$', split_part(password_hash, '$', 1), split_part(password_hash, '$', 2), '')
             WHEN password_hash LIKE 'scrypt$%' THEN
                  concat_ws('$', 'scrypt', split_part(password_hash, '$', 2), '', split_part(password_hash, '$', 4), split_part(password_hash, '$', 5), '')
             WHEN password_hash LIKE '$2_$%' THEN left(password_hash, 7)
             WHEN password_hash LIKE 'bcrypt%' THEN left(password_hash, position('$$' IN password_hash) + 7)
             WHEN password_hash LIKE '$firescrypt$%' THEN concat_ws('$', '', 'firescrypt', split_part(password_hash, '$', 3), '')
             WHEN password_hash LIKE '_%$%' THEN split_part(password_hash, '$', 1) || '$' END
        """;

    /// <summary>Whether it is computed: not what cannot be read, and not what asks for too much.</summary>
    public static bool IsObeyed(string hash) => Defect(hash) is null;

    /// <summary>Why it is not computed, in words; null where it is.</summary>
    public static string? Defect(string hash) =>
        Argon2Hash.Read(hash) is not null || IdentityHash.IsObeyed(hash) ? null : ForeignFormats.Read(hash).Defect;

    /// <summary>Whether it has so little to protect it (one round, no salt) that the password is as good as known to who has seen the hash.</summary>
    public static bool IsBare(string hash) => hash.StartsWith(BareSha256Hash.Mark, StringComparison.Ordinal);

    /// <summary>Whether it takes so much memory that only one is computed at a time.</summary>
    /// <param name="hash">that is obeyed</param>
    /// <param name="usualKiB">as much as any thread may take</param>
    public static bool TakesMemory(string hash, int usualKiB) =>
        Argon2Hash.Read(hash) is { } own ? own.MemoryKiB > usualKiB : ForeignFormats.Read(hash).Hash is { TakesMemory: true };

    /// <summary>A hash of that kind that no password has; null where such a one is not obeyed.</summary>
    public static string? OfNobody(string kind)
    {
        var hash = kind.StartsWith("AQAAAA", StringComparison.Ordinal) ? kind + IdentityHash.RestOfNobodys() : NobodysHash.Of(kind);
        return hash is not null && IsObeyed(hash) ? hash : null;
    }
}
