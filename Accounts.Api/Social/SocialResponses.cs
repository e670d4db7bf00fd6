namespace Accounts.Api.Social;

/// <summary>A button. <c>flows</c>: <c>code</c> (a script redeems with its own verifier), <c>begin</c> (with a state of ours), <c>redirect</c> (by way of our callback).</summary>
public sealed record SocialProviderResponse(string Provider, string Name, string ClientId, string AuthorizationUrl, string Scope, string[] Flows);

/// <summary>What a script sends the browser to the provider with.</summary>
public sealed record SocialBeginResponse(string State, string Nonce, string CodeChallenge, string AuthorizationUrl);
