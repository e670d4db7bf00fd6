namespace Accounts.Core.Tokens;

/// <summary>How well somebody has proved who they are, as <c>acr</c> says it: NIST SP 800-63's authenticator assurance levels.</summary>
public static class AuthenticationLevel
{
    /// <summary>By one factor, or by one on a device that was trusted.</summary>
    public const string One = "aal1";

    /// <summary>By two factors.</summary>
    public const string Two = "aal2";

    /// <summary>That more than one factor was used, in <c>amr</c> (RFC 8176).</summary>
    public const string Multiple = "mfa";

    /// <param name="amr">by what somebody has proved who they are</param>
    public static string Of(string[] amr) => amr.Contains(Multiple) ? Two : One;
}
