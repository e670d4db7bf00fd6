using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Mail;

namespace Accounts.Core.Users;

/// <summary>A valid address: mail goes to <see cref="Text"/> as it was typed, comparison is by <see cref="Key"/>.</summary>
public sealed record EmailAddress
{
    /// <summary>RFC 5321 section 4.5.3.1.</summary>
    public const int Longest = 254;

    private const int LongestLocalPart = 64;
    private const string AtomSpecials = "!#$%&'*+-/=?^_`{|}~";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string text, string key) => (Text, Key) = (text, key);

    public string Text { get; }

    /// <summary>ASCII lower case, the domain by IDNA. Dots and plus tags are never folded.</summary>
    public string Key { get; }

    /// <summary>As it is compared: in ASCII lower case, by IDNA.</summary>
    public string Domain => Key[(Key.IndexOf('@') + 1)..];

    public string LocalPart => Text[..Text.IndexOf('@')];

    /// <summary>For whoever knows it already to recognise: <c>a…@example.test</c>.</summary>
    public string Masked => $"{(LocalPart.Length > 1 ? LocalPart[..1] : "")}…{Text[LocalPart.Length..]}";

    public static bool TryParse(string text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        if (text.Length > Longest || text.Split('@') is not [var local, var domain] || !IsLocalPart(local))
        {
            return false;
        }
        if (AsciiDomain(domain) is not { } ascii || local.Length + 1 + ascii.Length > Longest || !SurvivesMail(text))
        {
            return false;
        }
        address = new EmailAddress(text, $"{LookupKey.LowerAscii(local)}@{ascii}");
        return true;
    }

    /// <summary>Of one that was valid when it was stored.</summary>
    /// <exception cref="InvalidOperationException">it is not</exception>
    public static EmailAddress Parse(string stored) =>
        TryParse(stored, out var address) ? address : throw new InvalidOperationException("A stored address is not valid.");

    private static bool IsLocalPart(string local) =>
        local.Length is > 0 and <= LongestLocalPart
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || AtomSpecials.Contains(c)));

    /// <summary>Null unless the domain is its own canonical spelling: IDNA would map a fullwidth or Roman-numeral letter to an ASCII one.</summary>
    private static string? AsciiDomain(string domain)
    {
        var lower = LookupKey.LowerAscii(domain);
        try
        {
            var ascii = Idn.GetAscii(lower);
            var same = ascii == lower || Idn.GetUnicode(ascii) == lower;
            return same && ascii.Contains('.') && !ascii.EndsWith('.') && !IsNumeric(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsNumeric(string domain) => domain[(domain.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit);

    /// <summary>MailAddress reads leniently ("a@x, b@y" is b@y); only what it reads back unchanged may be mailed.</summary>
    private static bool SurvivesMail(string text) => MailAddress.TryCreate(text, out var mail) && mail.Address == text;

    public override string ToString() => Text;
}
