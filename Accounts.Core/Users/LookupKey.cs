namespace Accounts.Core.Users;

/// <summary>
/// What usernames and addresses are compared by: ASCII letters lowered, everything else left alone. A culture's or
/// Unicode's case mapping would let U+212A pass for k, or the dotless i for i, and so one person for another.
/// </summary>
public static class LookupKey
{
    public static string OfUsername(string username) => LowerAscii(username);

    internal static string LowerAscii(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        }
    });
}
