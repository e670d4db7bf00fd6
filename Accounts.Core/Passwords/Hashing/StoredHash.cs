namespace Accounts.Core.Passwords.Hashing;

/// <summary>What may stand in a user's row: Argon2id as a PHC string, or Identity's third format. Its kind is the part that says how it is computed, and so at what cost.</summary>
internal static class StoredHash
{
    /// <summary>The kind of a <c>password_hash</c>, in SQL; null in what is no hash. Not by a regular expression, which takes PostgreSQL many times as long.</summary>
    public const string KindOfColumn = """
        CASE WHEN password_hash LIKE '$argon2id$%' THEN left(password_hash, position(',p=1$' IN password_hash) + 4)
             WHEN password_hash LIKE 'AQAAAA%' THEN left(password_hash, 16) END
        """;

    /// <summary>Whether it is computed: not what cannot be read, and not what asks for too much.</summary>
    public static bool IsObeyed(string hash) => Argon2Hash.Read(hash) is not null || IdentityHash.IsObeyed(hash);

    /// <summary>A hash of that kind that no password has; null where such a one is not obeyed.</summary>
    public static string? OfNobody(string kind)
    {
        var hash = kind + (kind.StartsWith('$') ? Argon2Hash.RestOfNobodys() : IdentityHash.RestOfNobodys());
        return IsObeyed(hash) ? hash : null;
    }
}
