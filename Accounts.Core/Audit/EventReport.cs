using Accounts.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Audit;

/// <summary>Tells the log and whoever counts of an event: by a line that names nobody but by id, and a number that names nobody at all.</summary>
public sealed partial class EventReport(ILogger<SecurityLog> log, AccountsMeter meter)
{
    public void Tell(SecurityEventKind kind, Guid userId, Guid? sessionId)
    {
        LogEvent(kind, userId, sessionId);
        meter.SecurityEvent(SecurityEvent.Word(kind));
        if (SignInResult(kind) is { } result)
        {
            meter.SignIn(result);
        }
    }

    private static string? SignInResult(SecurityEventKind kind) => kind switch
    {
        SecurityEventKind.SignedIn => "signed_in",
        SecurityEventKind.SignInFailed => "failed",
        SecurityEventKind.SignInLocked => "locked",
        _ => null,
    };

    [LoggerMessage(LogLevel.Information, "Security event {Kind}: user {UserId}, session {SessionId}")]
    private partial void LogEvent(SecurityEventKind kind, Guid userId, Guid? sessionId);
}
