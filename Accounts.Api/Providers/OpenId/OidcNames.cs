using Accounts.Core.Passkeys;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Social.Linking;
using Accounts.Core.Tokens;
using Accounts.Core.Users;

namespace Accounts.Api.Providers.OpenId;

/// <summary>The names that the configuration gives to providers of OpenID Connect: they stand in paths and among the ways to sign in, beside those of ours.</summary>
internal static class OidcNames
{
    private const int Longest = 30;

    private static readonly string[] Taken =
    [
        "google", "github", "facebook", "linkedin", "microsoft", "gitlab", "discord", "apple", "fake", "accounts", "link", "complete",
        User.PasswordWay, LinkOffer.MailMethod, Passkey.Way, TotpFactor.Way, .. AuthenticationMethods.Words.Except([LinkOffer.MailMethod]),
    ];

    public static IEnumerable<string> Mistakes(IConfiguration configuration) =>
        configuration.GetSection(OidcSetup.Section).GetChildren().Select(Mistake).OfType<string>();

    private static string? Mistake(IConfigurationSection section)
    {
        var setting = $"Accounts__Social__Oidc__{section.Key}";
        if (section.Value is not null)
        {
            return $"{setting} belongs to a provider without a name, of which there was one: give it a name, which stands in its paths too, as in Accounts__Social__Oidc__Company__{section.Key}.";
        }
        return section.Key.Length > Longest || !section.Key.All(char.IsAsciiLetterOrDigit) || Taken.Contains(section.Key.ToLowerInvariant())
            ? $"{setting}__… has a name that cannot be: write at most {Longest} letters and digits, and none of {string.Join(", ", Taken)}."
            : null;
    }
}
