using Accounts.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Outbox;

/// <summary>Tells the log and whoever counts what became of a message; whom it is to, neither learns.</summary>
public sealed partial class OutboxReport(ILogger<OutboxDelivery> log, AccountsMeter meter)
{
    public void Sent(OutboxMessage message) => meter.Mail(message.Template, "sent");

    public void PutOff(OutboxMessage message) => meter.Mail(message.Template, "put_off");

    public void GivenUp(OutboxMessage message, string reason)
    {
        meter.Mail(message.Template, "given_up");
        LogAbandoned(message.Id, message.Template, reason);
    }

    [LoggerMessage(LogLevel.Warning, "Mail {Id} could not be sent at attempt {Attempt} and is tried again in {Backoff}: {Reason}")]
    public partial void LogPostponed(Guid id, int attempt, TimeSpan backoff, string reason);

    [LoggerMessage(LogLevel.Warning, "No mail leaves at the moment, and {Waiting} wait: {Reason}")]
    public partial void LogAway(int waiting, string reason);

    [LoggerMessage(LogLevel.Information, "Mail leaves again.")]
    public partial void LogBack();

    [LoggerMessage(LogLevel.Warning, "Mail {Id} is sent, which could not be recorded yet: {Reason}")]
    public partial void LogUnrecorded(Guid id, string reason);

    [LoggerMessage(LogLevel.Error, "Mail {Id} ({Template}) is given up: {Reason}")]
    private partial void LogAbandoned(Guid id, string template, string reason);
}
