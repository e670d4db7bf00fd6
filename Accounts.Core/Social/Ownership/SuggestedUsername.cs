using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Ownership;

/// <summary>A username for somebody who was not asked for one: from their name at the provider, and from their address where an operator names them by it alone. Whether it is free is the unique index's to say.</summary>
internal static class SuggestedUsername
{
    private const int Longest = 30;
    private const string WithoutName = "user";
    private const string Punctuation = ".+-_";

    /// <inheritdoc cref="For(string, int)"/>
    public static Username For(ExternalProfile profile, int attempt) => For(profile.Login.Length > 0 ? profile.Login : profile.Name, attempt);

    /// <param name="wanted">what they are called elsewhere</param>
    /// <param name="attempt">0 for the name itself; each further one has another, longer number after it</param>
    public static Username For(string wanted, int attempt)
    {
        var name = Base(wanted);
        return new Username(attempt == 0 && name != WithoutName ? name : name + Number(attempt + 2));
    }

    private static string Base(string name)
    {
        var (username, length) = ("", 0);
        foreach (var rune in name.InForm(NormalizationForm.FormKC).EnumerateRunes().Where(rune => !rune.IsAscii || IsAllowed((char)rune.Value)))
        {
            // A vowel sign counts after its letter alone, so that what went before decides.
            if (length < Longest && Username.IsWellFormed($"{username}{rune}"))
            {
                (username, length) = ($"{username}{rune}", length + 1);
            }
        }
        var text = LookupKey.OfUsername(username);
        return text.Length > 0 && !Username.Mistakes(text).Any() ? text : WithoutName;
    }

    private static bool IsAllowed(char ascii) => char.IsAsciiLetterOrDigit(ascii) || Punctuation.Contains(ascii);

    private static string Number(int digits) =>
        RandomNumberGenerator.GetInt32((int)Math.Pow(10, Math.Min(digits, 8))).ToString($"D{Math.Min(digits, 8)}", CultureInfo.InvariantCulture);
}
