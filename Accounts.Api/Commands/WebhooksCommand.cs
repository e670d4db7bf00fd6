using System.CommandLine;
using Accounts.Core.Outbox;
using Accounts.Core.Webhooks;

namespace Accounts.Api.Commands;

/// <summary><c>webhooks status</c>, <c>webhooks retry NAME</c>, <c>webhooks test NAME</c>: what becomes of what apps are told.</summary>
public static class WebhooksCommand
{
    public static Command Make(AtServer at)
    {
        var name = new Argument<string>("NAME") { Description = "The receiver, as the settings name it: Accounts__Webhooks__NAME__Url." };
        var parked = new Option<bool>("--parked") { Description = "Those that were given up as well." };
        var status = new Command("status", "Shows for each receiver how many webhooks wait, for how long, how many are parked, and how the last tries ended.");
        var retry = new Command("retry", "Tries every webhook that waits for a receiver again now: for when it is there again.") { name, parked };
        var test = new Command("test", "Sends a signed webhook.test to a receiver at once, and shows what it answers.") { name };
        status.SetAction((words, cancellation) => at.DoAsync(words, services => StatusAsync(services, words, cancellation)));
        retry.SetAction((words, cancellation) => at.DoAsync(words, services => RetryAsync(services, words, Receiver(services, words.GetRequiredValue(name)), words.GetValue(parked), cancellation)));
        test.SetAction((words, cancellation) => at.DoAsync(words, services => TestAsync(services, words, Receiver(services, words.GetRequiredValue(name)))));
        return new Command("webhooks", "Shows what apps are still to be told, tries it again, sends a test.") { status, retry, test };
    }

    private static WebhookReceiver Receiver(IServiceProvider services, string name)
    {
        var receivers = services.GetRequiredService<WebhookReceivers>();
        return receivers.Find(name) ?? throw new CommandRefusedException(receivers.All.Count == 0
            ? "No receiver is in the settings: Accounts__Webhooks__NAME__Url makes one."
            : $"There is no receiver {name} in the settings. There are: {string.Join(", ", receivers.Names)}.");
    }

    private static async Task StatusAsync(IServiceProvider services, ParseResult words, CancellationToken cancellation)
    {
        var statuses = await services.GetRequiredService<WebhookKeeper>().StatusAsync(cancellation);
        if (words.IsJson())
        {
            words.Json(new ListedWebhooks(statuses), CommandJson.Default.ListedWebhooks);
            return;
        }
        foreach (var status in statuses)
        {
            var oldest = status.Waiting == 0 ? "" : $", the oldest for {TimeSpan.FromSeconds(status.OldestSeconds)}";
            words.Line($"{status.Receiver}: {status.Waiting} wait{oldest}; {status.Parked} parked; last taken {Time(status.LastSuccess)}; last failed {Time(status.LastFailure)}{(status.Reason is { } reason ? $": {reason}" : "")}");
        }
    }

    private static string Time(DateTime? time) => time is { } at ? CommandOutput.Time(at) : "never";

    private static async Task RetryAsync(IServiceProvider services, ParseResult words, WebhookReceiver receiver, bool parked, CancellationToken cancellation)
    {
        var count = await services.GetRequiredService<WebhookRetry>().RetryAsync(receiver, parked, cancellation);
        if (words.IsJson())
        {
            words.Json(new RetriedWebhooks(receiver.Name, count), CommandJson.Default.RetriedWebhooks);
            return;
        }
        words.Line($"{(count == 1 ? "1 webhook is" : $"{count} webhooks are")} tried again by the servers that run, within seconds.");
    }

    private static async Task TestAsync(IServiceProvider services, ParseResult words, WebhookReceiver receiver)
    {
        var tried = await TryAsync(services, receiver);
        if (words.IsJson())
        {
            words.Json(new SentWebhook(receiver.Name, tried.Id, (int)tried.Status, tried.Milliseconds), CommandJson.Default.SentWebhook);
            return;
        }
        words.Line($"{receiver} answered {(int)tried.Status} after {tried.Milliseconds} ms. Whether it has checked the signature, its own log tells.");
    }

    private static async Task<TriedWebhook> TryAsync(IServiceProvider services, WebhookReceiver receiver)
    {
        try
        {
            return await services.GetRequiredService<WebhookTrial>().SendAsync(receiver);
        }
        catch (Exception e) when (e is UndeliverableException or WebhookRefusedException or CarrierAwayException)
        {
            throw new CommandRefusedException($"{receiver} at {receiver.Url}: {e.Message}");
        }
    }
}
