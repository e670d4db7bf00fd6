using System.Text;
using Accounts.Core.Failures;
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

    private static readonly Sentence TooCommon = "This password is too common.", LikeUsername = "The password is too similar to the username.";
    private static readonly Sentence LikeAddress = "The password is too similar to the email address.", LikeSite = "The password is too similar to the name of this site.";
    private static readonly Sentence Capital = "capital letter", Small = "small letter", Digit = "digit", Special = "special character";

    /// <summary>For one kind of character that is lacking, for two, and so on.</summary>
    private static readonly Sentence[] MustContain =
    [
        "This password must contain at least one {0}.", "This password must contain at least one {0}, one {1}.",
        "This password must contain at least one {0}, one {1}, one {2}.", "This password must contain at least one {0}, one {1}, one {2}, one {3}.",
    ];

    /// <summary>Nobody's password: refused wherever one is read, long before anything is hashed.</summary>
    public static bool IsTooLong(string password) => password.Length > 2 * Longest || Length(password) > Longest;

    /// <summary>What is wrong with it for somebody of that name and address, where they are known; null where nothing is.</summary>
    public Sentence? Mistake(NewPassword password, string username, EmailAddress? email)
    {
        if (Length(password.Text) < options.Value.MinimumLength)
        {
            return $"Ensure this field has at least {options.Value.MinimumLength} characters.";
        }
        if (Lacking(password.Text) is [_, ..] lacking)
        {
            return MustContain[lacking.Length - 1].With(lacking);
        }
        if (common.Contains(password.Text))
        {
            return TooCommon;
        }
        return SimilarTo(password.Text, (LikeUsername, username), (LikeAddress, email?.Text ?? ""), (LikeAddress, email?.LocalPart ?? ""));
    }

    private Sentence[] Lacking(string password)
    {
        (bool Required, Func<Rune, bool> Is, Sentence Name)[] rules =
        [
            (options.Value.RequireUppercase, Rune.IsUpper, Capital),
            (options.Value.RequireLowercase, Rune.IsLower, Small),
            (options.Value.RequireDigit, Rune.IsDigit, Digit),
            (options.Value.RequireSpecial, rune => !Rune.IsLetterOrDigit(rune), Special),
        ];
        return [.. rules.Where(rule => rule.Required && !password.EnumerateRunes().Any(rule.Is)).Select(rule => rule.Name)];
    }

    private static int Length(string password) => password.EnumerateRunes().Count();

    private Sentence? SimilarTo(string password, params ReadOnlySpan<(Sentence Mistake, string Value)> own)
    {
        foreach (var (mistake, value) in own)
        {
            if (IsMostly(password, value))
            {
                return mistake;
            }
        }
        return IsMostly(password, "accounts") || IsMostly(password, site.Value.Host) ? LikeSite : null;
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
