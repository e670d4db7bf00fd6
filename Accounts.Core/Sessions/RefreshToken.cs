using System.Security.Cryptography;

namespace Accounts.Core.Sessions;

/// <summary>A refresh token that came along with a request, and how: in the body, or in its cookie.</summary>
public sealed record PresentedToken(RefreshToken Token, SessionTransport Transport);

/// <summary>A refresh token, read: which session, which generation, and the session's secret. Prints without the secret.</summary>
public sealed record RefreshToken(Guid UserId, Guid SessionId, long Generation, byte[] Secret)
{
    public const int SecretLength = 32;

    public byte[] SecretHash => SHA256.HashData(Secret);

    public RefreshToken Next() => this with { Generation = Generation + 1 };

    public override string ToString() => $"RefreshToken of session {SessionId}, generation {Generation}";
}
