namespace Accounts.Core.Sessions;

/// <summary>The one token of a session in session mode, read. It stays the same from its sign-in to its end.</summary>
public sealed record SessionToken(Guid UserId, Guid SessionId, byte[] Secret) : SessionCredential(UserId, SessionId, Secret)
{
    public override string ToString() => $"SessionToken of session {SessionId}";
}
