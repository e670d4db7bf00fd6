using System.Text;

namespace Accounts.Core.Users;

/// <summary>Django's rule for usernames, less what Unicode would let pass for something else.</summary>
public static class Username
{
    public const string InvalidMessage =
        "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.";

    public const string IsAddressMessage = "Enter a valid username. This value may not be an e-mail address.";

    public static bool IsWellFormed(string username) =>
        username.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || IsMark(rune)) && IsStable(username);

    public static bool IsAddress(string username) => EmailAddress.TryParse(username, out _);

    private static bool IsMark(Rune rune) => rune.IsAscii && "@.+-_".Contains((char)rune.Value);

    /// <summary>Fullwidth letters, ligatures, the Kelvin sign: what compatibility normalisation changes looks like another name.</summary>
    private static bool IsStable(string username) => username.IsNormalized(NormalizationForm.FormKC);
}
