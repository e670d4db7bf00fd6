using Accounts.Core.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>Sends the mails of the outbox. One that a newer version has queued waits for that one.</summary>
public sealed class MailWorker(OutboxLanes lanes, MailTemplates templates, MailDelivery delivery, IOptions<MailOptions> options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stopping) => lanes.RunAsync(options.Value.Lanes, templates.Words, delivery.SendAsync, stopping);
}
