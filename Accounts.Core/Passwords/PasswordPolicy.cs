using System.Text;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>
/// Whether a new password may be used. Length in code points, rules of composition only where the operator asks for them; a password is
/// never trimmed or truncated, and judged in NFC, as it is hashed.
/// </summary>
public sealed class PasswordPolicy(IOptions<PasswordOptions> options, IOptions<SiteOptions> site, CommonPasswords common)
{
    /// <summary>In code points; and 1,024 bytes of UTF-8, which is the same for four-byte characters.</summary>
    public const int Longest = 256;

    public const string TooCommonMessage = "This password is too common.";

    /// <summary>Nobody's password: refused wherever one is read, long before anything is hashed.</summary>
    public static bool IsTooLong(string password) => password.Length > 2 * Longest || Length(password) > Longest;

    /// <summary>What is wrong with it for somebody of that name and address, where they are known; null where nothing is.</summary>
    public string? Mistake(NewPassword password, string username, EmailAddress? email)
    {
        if (Length(password.Text) < options.Value.MinimumLength)
        {
            return $"Ensure this field has at least {options.Value.MinimumLength} characters.";
        }
        if (Lacking(password.Text) is [_, ..] lacking)
        {
            return $"This password must contain at least one {string.Join(", one ", lacking)}.";
        }
        if (common.Contains(password.Text))
        {
            return TooCommonMessage;
        }
        var own = SimilarTo(password.Text, ("username", username), ("email address", email?.Text ?? ""), ("email address", email?.LocalPart ?? ""));
        return own is null ? null : $"The password is too similar to the {own}.";
    }

    private string[] Lacking(string password)
    {
        (bool Required, Func<Rune, bool> Is, string Name)[] rules =
        [
            (options.Value.RequireUppercase, Rune.IsUpper, "capital letter"),
            (options.Value.RequireLowercase, Rune.IsLower, "small letter"),
            (options.Value.RequireDigit, Rune.IsDigit, "digit"),
            (options.Value.RequireSpecial, rune => !Rune.IsLetterOrDigit(rune), "special character"),
        ];
        return [.. rules.Where(rule => rule.Required && !password.EnumerateRunes().Any(rule.Is)).Select(rule => rule.Name)];
    }

    private static int Length(string password) => password.EnumerateRunes().Count();

    private string? SimilarTo(string password, params ReadOnlySpan<(string Name, string Value)> own)
    {
        foreach (var (name, value) in own)
        {
            if (IsMostly(password, value))
            {
                return name;
            }
        }
        return IsMostly(password, "accounts") || IsMostly(password, site.Value.Host) ? "name of this site" : null;
    }

    /// <summary>What is left once the word is taken out is too little to be a password: fewer than four letters of its own.</summary>
    private static bool IsMostly(string password, string word)
    {
        if (word.Length < 3 || !password.Contains(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        var rest = password.Replace(word, "", StringComparison.OrdinalIgnoreCase);
        return rest.EnumerateRunes().Count(Rune.IsLetter) < 4;
    }
}
