using System.Globalization;
using System.Text.RegularExpressions;

namespace Accounts.Core.Outbox;

/// <summary>
/// A mail server's words about a recipient contain the recipient, who stays in the row and out of the log: the address as
/// it was typed or with its domain by IDNA, and its local part where that stands alone.
/// </summary>
internal static class RecipientMask
{
    private const string Mask = "…";
    private const string Word = @"[\p{L}\p{N}_]";

    private static readonly IdnMapping Idn = new();

    public static string Of(string words, string recipient)
    {
        var (local, domain) = recipient.LastIndexOf('@') is >= 0 and var at ? (recipient[..at], recipient[(at + 1)..]) : (recipient, "");
        foreach (var spelling in Spellings(domain))
        {
            words = words.Replace($"{local}@{spelling}", Mask, StringComparison.OrdinalIgnoreCase);
        }
        return Alone(local).Replace(words, Mask);
    }

    /// <summary>Not as a part of another word: the local part <c>box</c> leaves <c>mailbox</c>. Without its tag it is a mailbox's name, too.</summary>
    private static Regex Alone(string local)
    {
        var names = new[] { local, local.Split('+')[0] }.Where(name => name.Length > 0).Select(Regex.Escape);
        return new($"(?<!{Word})({string.Join('|', names)})(?!{Word})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static IEnumerable<string> Spellings(string domain)
    {
        yield return domain;
        foreach (var map in new Func<string, string>[] { Idn.GetAscii, Idn.GetUnicode })
        {
            if (Mapped(domain, map) is { } other)
            {
                yield return other;
            }
        }
    }

    private static string? Mapped(string domain, Func<string, string> map)
    {
        try
        {
            return map(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
