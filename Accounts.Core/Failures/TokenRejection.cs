namespace Accounts.Core.Failures;

/// <summary>Why an access or refresh token was refused: <c>reason</c> in the 401 body.</summary>
public enum TokenRejection
{
    Missing,
    Invalid,
    Expired,
    Revoked,
    /// <summary>A refresh token that had been rotated before; its session has been ended.</summary>
    Reused,
    /// <summary>Made under a secret key that this server does not have (yet); on the wire <c>invalid</c>, but the cookie stays.</summary>
    UnknownKey,
}
