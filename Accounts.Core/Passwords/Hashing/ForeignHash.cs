using Accounts.Core.Passwords.Hashing.Foreign;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>Password hashes that users bring along from somewhere else.</summary>
public static class ForeignHash
{
    /// <summary>As the column has it.</summary>
    public const int Longest = 256;

    /// <summary>Looks at what the hash asks for; nothing is computed.</summary>
    /// <param name="stored">as it lay there; null or empty for none</param>
    /// <param name="bareSha256">whether a SHA-256 without salt is taken, 64 hexadecimal digits; it is marked, and its owner asked for a new password</param>
    public static HashJudgement Judge(string? stored, bool bareSha256 = false)
    {
        // What Django writes for who has no password: "!", and something random.
        if (string.IsNullOrEmpty(stored) || stored.StartsWith('!'))
        {
            return HashJudgement.None;
        }
        if (stored.Length > Longest)
        {
            return HashJudgement.Refused($"a hash of {stored.Length} characters: more than {Longest} are never kept");
        }
        var text = BareSha256Hash.IsOne(stored) ? BareSha256Hash.Marked(stored) : stored;
        if (StoredHash.IsBare(text) && !bareSha256)
        {
            return HashJudgement.Refused("SHA-256 without salt: it is only taken where the import is told so, and its owner is then asked for a new password");
        }
        return StoredHash.Defect(text) is { } defect ? HashJudgement.Refused(defect) : HashJudgement.Kept(text);
    }

    /// <summary>The text of a hash that Firebase has made, to be judged as any.</summary>
    /// <param name="salt"><c>salt</c> of the exported user, Base64 of either alphabet</param>
    /// <param name="hash"><c>passwordHash</c> of the exported user; empty for who has no password</param>
    /// <param name="project">that they are exported from</param>
    public static string OfFirebase(string salt, string hash, FirebaseParameters project) => hash.Length == 0 ? "" : FirebaseHash.Text(salt, hash, project);

    /// <summary>Whether a hash that is kept is that password's, tried as at a sign-in. On the thread that calls it, and for as long as it takes: for a command.</summary>
    public static bool Verify(string stored, string password) =>
        StoredHash.IsObeyed(stored) && PasswordHashing.IsOf(new UserPasswordHasher(Options.Create(new PasswordOptions())), stored, password);
}
