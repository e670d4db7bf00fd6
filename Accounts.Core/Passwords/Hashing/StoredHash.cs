namespace Accounts.Core.Passwords.Hashing;

/// <summary>What may stand in a user's row: Argon2id as a PHC string, or Identity's third format. Its kind is the part that says how it is computed, and so at what cost.</summary>
internal static class StoredHash
{
    /// <summary>A hash's kind, as a regular expression of PostgreSQL: none in what is no hash, even if one that asks for too much has one.</summary>
    public const string Kind = @"^(\$argon2id\$v=19\$m=[0-9]+,t=[0-9]+,p=1\$|AQAAAA[A-Za-z0-9+/]{10})";

    /// <summary>Whether it is computed: not what cannot be read, and not what asks for too much.</summary>
    public static bool IsObeyed(string hash) => Argon2Hash.Read(hash) is not null || IdentityHash.IsObeyed(hash);

    /// <summary>A hash of that kind that no password has; null where such a one is not obeyed.</summary>
    public static string? OfNobody(string kind)
    {
        var hash = kind + (kind.StartsWith('$') ? Argon2Hash.RestOfNobodys() : IdentityHash.RestOfNobodys());
        return IsObeyed(hash) ? hash : null;
    }
}
