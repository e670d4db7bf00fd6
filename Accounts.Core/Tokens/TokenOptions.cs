namespace Accounts.Core.Tokens;

/// <summary>What stands in access tokens: section <c>Accounts:Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary><c>iss</c>; PublicUrl where empty. Resource servers find keys and metadata below it.</summary>
    public string Issuer { get; set; } = "";

    /// <summary><c>aud</c> and <c>client_id</c>; the issuer where empty.</summary>
    public string Audience { get; set; } = "";
}
