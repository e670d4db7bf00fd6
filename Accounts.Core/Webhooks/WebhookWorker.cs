using Accounts.Core.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Webhooks;

/// <summary>Sends the webhooks of the outbox: each receiver has lanes of its own, so that one that is slow, or away, holds up no other.</summary>
public sealed class WebhookWorker(NpgsqlDataSource database, WebhookReceivers receivers, WebhookSending sending, ClaimWatch watch, ILogger<OutboxLanes> log) : BackgroundService
{
    /// <summary>So many are on their way to one receiver at once.</summary>
    private const int Lanes = 4;

    protected override Task ExecuteAsync(CancellationToken stopping) => Task.WhenAll(receivers.All.Select(receiver => RunAsync(receiver, stopping)));

    private Task RunAsync(WebhookReceiver receiver, CancellationToken stopping)
    {
        var (queue, carrier) = (new QueuedWebhooks(database, receiver.Name), new OutboxCarrier());
        var delivery = new OutboxDelivery<DueWebhook>(new OutboxClaim<DueWebhook>(queue, watch), queue, carrier, sending.Report);
        return new OutboxLanes(receiver.Signal, carrier, log).RunAsync(
            Lanes, $"what {receiver} is to be told", (claimed, stop) => delivery.DeliverNextAsync((webhook, ending) => sending.SendAsync(receiver, webhook, ending), claimed, stop), stopping);
    }
}

/// <summary>Sends one webhook.</summary>
public sealed class WebhookSending(WebhookClient client, WebhookReport report)
{
    public WebhookReport Report => report;

    /// <summary>Once it is on its way it is waited for, a few seconds at most: who stops would send it again.</summary>
    public Task SendAsync(WebhookReceiver receiver, DueWebhook webhook, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return client.SendAsync(receiver, WebhookBody.IdOf(webhook.EventId), WebhookBody.Of(webhook), webhook.Order);
    }
}
