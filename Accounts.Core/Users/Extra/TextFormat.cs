using System.Globalization;
using Accounts.Core.Failures;

namespace Accounts.Core.Users.Extra;

/// <summary>What a text stands for.</summary>
/// <param name="Name">JSON Schema's word</param>
/// <param name="Words">what is said of a text that is none, in the words of DRF</param>
/// <param name="IsMet">whether a text is one</param>
public sealed record TextFormat(string Name, Sentence Words, Func<string, bool> IsMet)
{
    public static IReadOnlyList<TextFormat> All { get; } =
    [
        new("email", "Enter a valid email address.", text => EmailAddress.TryParse(text, out _)),
        new("uri", "Enter a valid URL.", IsWebAddress),
        new("date", "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
            text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
    ];

    /// <summary>Front ends make links of them: no <c>javascript:</c>.</summary>
    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && !text.Any(char.IsWhiteSpace);
}
