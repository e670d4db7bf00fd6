using Accounts.Core.Sessions;

namespace Accounts.Core.Security;

/// <summary>What happened to an account; in the database in snake case.</summary>
public enum SecurityEventKind
{
    Registered,
    RegistrationRepeated,
    RegistrationRejected,
    EmailVerified,
    SignedIn,
    SignedOut,
    RefreshTokenReused,
    SessionStateLost,
}

/// <summary>An act that concerns an account's safety, written in the transaction of the act itself.</summary>
public sealed class SecurityEvent
{
    private SecurityEvent()
    {
    }

    public Guid Id { get; private set; }

    public SecurityEventKind Kind { get; private set; }

    /// <summary>Kept after the user is gone, so no foreign key.</summary>
    public Guid UserId { get; private set; }

    public Guid? SessionId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Ip { get; private set; } = "";

    public string UserAgent { get; private set; } = "";

    public static SecurityEvent Of(SecurityEventKind kind, Guid userId, Guid? sessionId, Device device, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = kind,
        UserId = userId,
        SessionId = sessionId,
        At = now,
        Ip = device.Address.ToString(),
        UserAgent = device.UserAgent,
    };
}
