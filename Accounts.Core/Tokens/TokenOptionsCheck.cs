using Accounts.Core.Settings;

namespace Accounts.Core.Tokens;

internal sealed class TokenOptionsCheck : SettingsCheck<TokenOptions>
{
    private const int ShortestSecret = 32;
    private const int FewestRemembered = 1_000, MostRemembered = 10_000_000;

    protected override IEnumerable<string> Mistakes(TokenOptions options)
    {
        if (options.Issuer.Length > 0 && !Uri.TryCreate(options.Issuer, UriKind.Absolute, out _))
        {
            yield return $"Accounts__Tokens__Issuer is \"{options.Issuer}\": set it to an absolute address, or leave it out to use PublicUrl.";
        }
        if (options.RememberedTokens is < FewestRemembered or > MostRemembered)
        {
            yield return $"Accounts__Tokens__RememberedTokens must be {FewestRemembered} to {MostRemembered}.";
        }
        var pairs = SettingsSetup.Parts(options.IntrospectionClients).Select(pair => pair.Split(':', 2)).ToList();
        if (pairs.Exists(pair => pair is not [{ Length: > 0 }, { Length: >= ShortestSecret }]))
        {
            yield return $"Accounts__Tokens__IntrospectionClients must list id:secret pairs, separated by commas, each secret of at least {ShortestSecret} characters.";
        }
        else if (pairs.DistinctBy(pair => pair[0]).Count() != pairs.Count)
        {
            yield return "Accounts__Tokens__IntrospectionClients lists an id twice.";
        }
    }
}
