using System.Text.RegularExpressions;
using Accounts.Core.Passkeys;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Social;
using Accounts.Core.Users;

namespace Accounts.Core.Import;

/// <summary>Which of the identities that somebody has there they have here, too.</summary>
internal static partial class ForeignIdentities
{
    /// <summary>Words of <see cref="User.Ways"/> that are no provider's.</summary>
    private static readonly string[] OtherWays = [User.PasswordWay, Passkey.Way, TotpFactor.Way];

    /// <param name="user">whose they are</param>
    /// <param name="issuers">of the providers that there are here</param>
    /// <param name="alone">whether nothing but identities lets them in, or their address is proved</param>
    /// <param name="notes">hears what is left out</param>
    public static IReadOnlyList<ForeignIdentity> Read(ForeignUser user, IReadOnlyDictionary<string, string> issuers, bool alone, List<string> notes)
    {
        var taken = new List<ForeignIdentity>();
        foreach (var identity in user.Identities.Select(one => WithIssuer(one, issuers)))
        {
            if (Mistake(identity, issuers, taken) is { } mistake)
            {
                notes.Add(mistake);
            }
            else if (!alone)
            {
                // Whoever chose the password need not be who is known there, and a sign-in by it would verify the address.
                notes.Add($"The {identity.Provider} identity is left out: the address is not verified, and there is a password.");
            }
            else
            {
                taken.Add(identity);
            }
        }
        return taken;
    }

    private static ForeignIdentity WithIssuer(ForeignIdentity identity, IReadOnlyDictionary<string, string> issuers) =>
        identity.Issuer.Length == 0 && issuers.TryGetValue(identity.Provider, out var issuer) ? identity with { Issuer = issuer } : identity;

    private static string? Mistake(ForeignIdentity identity, IReadOnlyDictionary<string, string> issuers, List<ForeignIdentity> taken) =>
        !ProviderName().IsMatch(identity.Provider) || OtherWays.Contains(identity.Provider) ? $"An identity is left out: \"{identity.Provider}\" is no provider's name."
        : !issuers.ContainsKey(identity.Provider) ? $"The {identity.Provider} identity is left out: there is no such provider here."
        : !IsKey(identity.Uid, ExternalProfile.LongestUid) || !(identity.Issuer.Length == 0 || IsKey(identity.Issuer, ExternalProfile.LongestIssuer)) ? $"The {identity.Provider} identity is left out: its id is no id."
        : identity is { Provider: "microsoft", Issuer: "" } ? "The microsoft identity is left out: whose tenant's it is, is not said."
        : taken.Exists(other => other.Provider == identity.Provider) ? $"A second {identity.Provider} identity is left out: one of each provider is a user's here."
        : null;

    private static bool IsKey(string text, int longest) => text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl) && ImportText.IsWhole(text);

    [GeneratedRegex(@"\A[a-z][a-z0-9._-]{0,39}\z")]
    private static partial Regex ProviderName();
}
