using Accounts.Core.Outbox;
using Accounts.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Webhooks;

/// <summary>Tells the log and whoever counts what became of a webhook.</summary>
public sealed partial class WebhookReport(ILogger<WebhookReport> log, AccountsMeter meter) : IOutboxReport<DueWebhook>
{
    public void Sent(DueWebhook message) => meter.Webhook(message.Receiver, "sent");

    public void Unrecorded(DueWebhook message, Exception reason) => LogUnrecorded(message.EventId, message.Receiver, reason.GetBaseException().Message);

    public void PutOff(DueWebhook message) => meter.Webhook(message.Receiver, "put_off");

    public void Postponed(DueWebhook message, TimeSpan backoff, Exception reason) =>
        LogPostponed(message.EventId, message.Type, message.Receiver, message.Attempts, backoff, reason.Message);

    public void GivenUp(DueWebhook message, Exception reason)
    {
        meter.Webhook(message.Receiver, "parked");
        LogParked(message.EventId, message.Type, message.Receiver, reason.Message);
    }

    public void Away(DueWebhook message, int waiting, Exception reason) => LogAway(message.Receiver, waiting, reason.Message);

    public void Back(DueWebhook message) => LogBack(message.Receiver);

    [LoggerMessage(LogLevel.Warning, "Event {Id} ({Type}) was not taken by webhook receiver {Receiver} at attempt {Attempt} and is tried again in {Backoff}: {Reason}")]
    private partial void LogPostponed(Guid id, string type, string receiver, int attempt, TimeSpan backoff, string reason);

    [LoggerMessage(LogLevel.Warning, "Webhook receiver {Receiver} takes nothing at the moment, and {Waiting} wait: {Reason}")]
    private partial void LogAway(string receiver, int waiting, string reason);

    [LoggerMessage(LogLevel.Information, "Webhook receiver {Receiver} is there again.")]
    private partial void LogBack(string receiver);

    [LoggerMessage(LogLevel.Warning, "Event {Id} was taken by webhook receiver {Receiver}, which could not be recorded yet: {Reason}")]
    private partial void LogUnrecorded(Guid id, string receiver, string reason);

    [LoggerMessage(LogLevel.Error, "Event {Id} ({Type}) is parked, and webhook receiver {Receiver} does not hear of it: {Reason}")]
    private partial void LogParked(Guid id, string type, string receiver, string reason);
}
