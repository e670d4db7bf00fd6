namespace Accounts.Core.Tokens;

/// <summary>What stands in access tokens: section <c>Accounts:Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary><c>iss</c>; PublicUrl where empty. Resource servers find keys and metadata below it.</summary>
    public string Issuer { get; set; } = "";

    /// <summary><c>aud</c> and <c>client_id</c>; the issuer where empty.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Who may ask whether a token is active (RFC 7662), and follow what ends: <c>id:secret</c> pairs, separated by commas; secrets of at least 32 characters. Both are off without one.</summary>
    public string IntrospectionClients { get; set; } = "";

    /// <summary>
    /// How many tokens a process remembers as authentic, so that a signature is checked once; 1,000 to 10,000,000. Some 300 bytes
    /// each. Fewer than are in use within a token's life would be worth nothing: every request would check.
    /// </summary>
    public int RememberedTokens { get; set; } = 100_000;
}
