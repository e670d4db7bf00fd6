using Accounts.Core.Data;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Webhooks;

public static class WebhooksSetup
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<IValidateOptions<WebhookReceiverOptions>, WebhookReceiverOptionsCheck>().AddSingleton<WebhookReceivers>()
        .AddSingleton<WebhookClient>().AddSingleton<WebhookReport>().AddSingleton<WebhookSending>().AddSingleton<WebhookTrial>()
        .AddSingleton<WebhookKeeper>().AddSingleton<WebhookRetry>().AddWorker<WebhookUpkeep>().AddWorker<WebhookWorker>()
        // Before the server serves it notes from where on it tells.
        .AddEarlyWorker<WebhookFeed>()
        .AddImpersonalTable("webhook_receivers", "how far each receiver of webhooks has been told what happens")
        .AddSweepRule("webhook_receivers", "seen_at < clock_timestamp() - interval '30 days'")
        .AddPersonalData(new PersonalData("webhook_messages")
        {
            Given = ["id", "receiver", "type", "state", "created_at", "sent_at"],
            Withheld = [new("of the receiver's affairs", "attempts", "due_at", "give_up_at", "failed_at", "last_error", "is_late"), new("counters of this server", "number", "event_id")],
            // What they still are to hear, that the user is gone among it, names nobody but by id.
            Erase = "DELETE FROM webhook_messages WHERE user_id = @user AND state = 'sent'",
        })
        .AddSweepRule("webhook_messages", "state = 'sent' AND sent_at < clock_timestamp() - interval '3 days' OR state <> 'sent' AND give_up_at < clock_timestamp() - interval '30 days'");
}
