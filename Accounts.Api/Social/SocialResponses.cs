using Accounts.Api.Http;

namespace Accounts.Api.Social;

/// <summary>A button. <c>flows</c>: <c>code</c> (a script redeems with its own verifier), <c>begin</c> (with a state of ours), <c>redirect</c> (by way of our callback).</summary>
public sealed record SocialProviderResponse(
    string Provider, string Name, string ClientId, string AuthorizationUrl, string Scope, string[] Flows)
    : IAnswer<SocialProviderResponse>
{
    public static SocialProviderResponse Example { get; } = new(
        "google", "Google", "1234.apps.example.com", "https://accounts.google.com/o/oauth2/v2/auth", "openid email profile",
        ["code", "begin", "redirect"]);
}

/// <summary>What a script sends the browser to the provider with.</summary>
public sealed record SocialBeginResponse(string State, string Nonce, string CodeChallenge, string AuthorizationUrl)
    : IAnswer<SocialBeginResponse>
{
    public static SocialBeginResponse Example { get; } = new(
        SocialExamples.State, "k2JmQ8sT4vXyZ1aBcDeFgHiJkLmNoPqRsTuVwXyZ012", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        $"https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=1234.apps.example.com&state={SocialExamples.State}");
}

/// <summary>What <c>account_exists</c> is about.</summary>
/// <param name="Provider">Whose identity would be connected.</param>
/// <param name="Methods">Of which one proves the account: `password`, a provider that is connected to it, `mail`.</param>
/// <param name="Email">The account's address, masked.</param>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record SocialLinkResponse(string Provider, string[] Methods, string Email, int ExpiresIn) : IAnswer<SocialLinkResponse>
{
    public static SocialLinkResponse Example { get; } = new("google", ["password", "github", "mail"], "a…@example.test", 587);
}

/// <summary>What the page shows that a mailed link opens.</summary>
/// <param name="Code">6 digits.</param>
/// <param name="Name">The provider's.</param>
/// <param name="Email">Where the mail went.</param>
public sealed record SocialCodeResponse(string Code, string Name, string Email) : IAnswer<SocialCodeResponse>
{
    public static SocialCodeResponse Example { get; } = new(SocialExamples.ShownCode, "Google", "ann@example.test");

    public override string ToString() => nameof(SocialCodeResponse);
}
