namespace Accounts.Core.OldTokens;

/// <summary>That an old token has been taken: there is no second time. The row stays as long as the token would be good.</summary>
public sealed class TakenToken
{
    private TakenToken()
    {
    }

    public Guid UserId { get; private set; }

    /// <summary>Of its <c>jti</c>.</summary>
    public byte[] TokenHash { get; private set; } = [];

    /// <summary>The one that it was given for; null where its user signed out by it.</summary>
    public Guid? SessionId { get; private set; }

    public DateTimeOffset TakenAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }
}
