using System.Text.RegularExpressions;

namespace Accounts.Tests.Passwords;

/// <summary>A hash that another program has made, of <c>hash-vectors.tsv</c>.</summary>
internal sealed partial record HashVector(string Format, string Password, string Hash, string MadeBy)
{
    public bool IsBare => Format == "sha256hex";

    /// <summary>As an import stores it.</summary>
    public string Stored => IsBare ? $"sha256hex${Hash}" : Hash;

    public static HashVector[] All() =>
        [.. StoredHashes.Lines("hash-vectors.tsv").Select(line => line.Split('\t')).Select(cells => new HashVector(cells[0], cells[1], cells[2], cells[3]))];

    /// <summary>One of each way to compute it, whatever its password.</summary>
    public static HashVector[] Kinds() => [.. All().DistinctBy(vector => HeadOf(vector.Stored))];

    public static HashVector OfKind(string head) => All().First(vector => HeadOf(vector.Stored) == head);

    /// <summary>What says how a hash is computed; its salt follows, or with Django's scrypt stands inside.</summary>
    public static string HeadOf(string hash) => Head().Match(hash).Value;

    /// <summary>In one character, and early: bcrypt looks at 72 bytes alone.</summary>
    public static string Wrong(string password) => (password[0] == 'q' ? 'r' : 'q') + password[1..];

    [GeneratedRegex(@"^(?:\w*\$\$?2[aby]\$\d\d\$|(?:argon2)?\$argon2\w+\$v=\d+\$[^$]+\$|pbkdf2_\w+\$\d+\$|scrypt\$\d+\$|[^$]+\$)")]
    private static partial Regex Head();
}
