using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>A username for somebody who was not asked for one: from their name at the provider, never from their address. Whether it is free is the unique index's to say.</summary>
internal static class SuggestedUsername
{
    private const int Longest = 30;
    private const string WithoutName = "user";
    private const string Marks = ".+-_";

    /// <param name="attempt">0 for the name itself; each further one has another, longer number after it</param>
    public static Username For(ExternalProfile profile, int attempt)
    {
        var name = Base(profile.Login.Length > 0 ? profile.Login : profile.Name);
        return new Username(attempt == 0 && name != WithoutName ? name : name + Number(attempt + 2));
    }

    private static string Base(string name)
    {
        var username = new StringBuilder();
        foreach (var rune in name.InForm(NormalizationForm.FormKC).EnumerateRunes().Where(IsAllowed).Take(Longest))
        {
            username.Append(rune);
        }
        var text = LookupKey.OfUsername(username.ToString());
        return text.Length > 0 && !Username.Mistakes(text).Any() ? text : WithoutName;
    }

    private static bool IsAllowed(Rune rune) => Rune.IsLetterOrDigit(rune) || (rune.IsAscii && Marks.Contains((char)rune.Value));

    private static string Number(int digits) =>
        RandomNumberGenerator.GetInt32((int)Math.Pow(10, Math.Min(digits, 8))).ToString($"D{Math.Min(digits, 8)}", CultureInfo.InvariantCulture);
}
