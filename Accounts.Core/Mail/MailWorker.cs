using Accounts.Core.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>Sends the mails of the outbox.</summary>
public sealed class MailWorker(OutboxLanes lanes, IServiceScopeFactory scopes, MailDelivery delivery, IOptions<MailOptions> options, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stopping) => lanes.RunAsync(options.Value.Lanes, "mail", DeliverNextAsync, stopping);

    private async Task<bool> DeliverNextAsync(Action claimed, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OutboxDelivery<OutboxMessage>>().DeliverNextAsync(SendAsync, claimed, stopping);
    }

    private Task SendAsync(OutboxMessage message, CancellationToken cancellation) => message.ExpiresAt <= time.GetUtcNow()
        ? throw new UndeliverableException("Its links had expired before it could be sent.")
        : delivery.SendAsync(message, cancellation);
}
