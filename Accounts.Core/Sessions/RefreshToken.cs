namespace Accounts.Core.Sessions;

/// <summary>A refresh token that came along with a request, and how: in the body, or in its cookie.</summary>
public sealed record PresentedToken(RefreshToken Token, SessionTransport Transport);

/// <summary>A refresh token, read: which session, which generation, and the session's secret. Prints without the secret.</summary>
public sealed record RefreshToken(Guid UserId, Guid SessionId, long Generation, byte[] Secret) : SessionCredential(UserId, SessionId, Secret)
{
    /// <summary>How many generations a row may lag behind its token: a failover loses the last writes, and no more.</summary>
    public const int FurthestAhead = 2;

    public override string ToString() => $"RefreshToken of session {SessionId}, generation {Generation}";
}
