using System.Security.Cryptography;

namespace Accounts.Core.Sessions;

/// <summary>What its client shows a session by, read: a refresh token, or in session mode the session token. Prints without the secret.</summary>
public abstract record SessionCredential(Guid UserId, Guid SessionId, byte[] Secret)
{
    public const int SecretLength = 32;

    public byte[] SecretHash => SHA256.HashData(Secret);
}

/// <summary>A credential of the session that goes on where all of its user's end, and the ways that one goes which came as it did.</summary>
public sealed record CarriedCredential(SessionCredential Credential, params SessionTransport[] Ways);
