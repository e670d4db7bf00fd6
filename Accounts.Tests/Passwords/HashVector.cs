namespace Accounts.Tests.Passwords;

/// <summary>A hash that another program has made, of <c>hash-vectors.tsv</c>.</summary>
internal sealed record HashVector(string Format, string Password, string Hash, string MadeBy)
{
    public bool IsBare => Format == "sha256hex";

    public static HashVector[] All() =>
        [.. StoredHashes.Lines("hash-vectors.tsv").Select(line => line.Split('\t')).Select(cells => new HashVector(cells[0], cells[1], cells[2], cells[3]))];

    /// <summary>In one character, and early: bcrypt looks at 72 bytes alone.</summary>
    public static string Wrong(string password) => (password[0] == 'q' ? 'r' : 'q') + password[1..];
}
