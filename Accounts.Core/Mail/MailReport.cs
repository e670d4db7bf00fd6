using Accounts.Core.Outbox;
using Accounts.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Mail;

/// <summary>Tells the log and whoever counts what became of a mail; whom it is to, neither learns.</summary>
public sealed partial class MailReport(ILogger<MailReport> log, AccountsMeter meter) : IOutboxReport<OutboxMessage>
{
    public void Sent(OutboxMessage message) => meter.Mail(message.Template, "sent");

    public void Unrecorded(OutboxMessage message, Exception reason) => LogUnrecorded(message.Id, reason.GetBaseException().Message);

    public void PutOff(OutboxMessage message) => meter.Mail(message.Template, "put_off");

    public void Postponed(OutboxMessage message, TimeSpan backoff, Exception reason) => LogPostponed(message.Id, message.Attempts, backoff, Words(message, reason));

    public void GivenUp(OutboxMessage message, Exception reason)
    {
        meter.Mail(message.Template, "given_up");
        LogAbandoned(message.Id, message.Template, Words(message, reason));
    }

    public void Away(OutboxMessage message, int waiting, Exception reason) => LogAway(waiting, Words(message, reason));

    public void Back(OutboxMessage message) => LogBack();

    private static string Words(OutboxMessage message, Exception e) => OutboxMessage.Shorten(RecipientMask.Of(e.Message, message.Recipient));

    [LoggerMessage(LogLevel.Warning, "Mail {Id} could not be sent at attempt {Attempt} and is tried again in {Backoff}: {Reason}")]
    private partial void LogPostponed(Guid id, int attempt, TimeSpan backoff, string reason);

    [LoggerMessage(LogLevel.Warning, "No mail leaves at the moment, and {Waiting} wait: {Reason}")]
    private partial void LogAway(int waiting, string reason);

    [LoggerMessage(LogLevel.Information, "Mail leaves again.")]
    private partial void LogBack();

    [LoggerMessage(LogLevel.Warning, "Mail {Id} is sent, which could not be recorded yet: {Reason}")]
    private partial void LogUnrecorded(Guid id, string reason);

    [LoggerMessage(LogLevel.Error, "Mail {Id} ({Template}) is given up: {Reason}")]
    private partial void LogAbandoned(Guid id, string template, string reason);
}
