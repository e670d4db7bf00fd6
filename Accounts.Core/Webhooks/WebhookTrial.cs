using System.Diagnostics;
using System.Net;
using Accounts.Core.Outbox;

namespace Accounts.Core.Webhooks;

/// <summary>What a receiver made of a test.</summary>
/// <param name="Id">of what was sent</param>
/// <param name="Status">that it answered</param>
/// <param name="Milliseconds">how long that took</param>
public sealed record TriedWebhook(string Id, HttpStatusCode Status, long Milliseconds);

/// <summary>Sends one signed event of nobody at once, past the outbox, to see what the receiver makes of it.</summary>
public sealed class WebhookTrial(WebhookClient client, TimeProvider time)
{
    /// <exception cref="UndeliverableException">it wants no webhooks</exception>
    /// <exception cref="WebhookRefusedException">it has not taken it</exception>
    /// <exception cref="CarrierAwayException">it is not there</exception>
    public async Task<TriedWebhook> SendAsync(WebhookReceiver receiver)
    {
        var (id, began) = (WebhookBody.IdOf(Guid.CreateVersion7()), Stopwatch.GetTimestamp());
        var status = await client.SendAsync(receiver, id, WebhookBody.OfTest(id, time.GetUtcNow()), order: null);
        return new TriedWebhook(id, status, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }
}
