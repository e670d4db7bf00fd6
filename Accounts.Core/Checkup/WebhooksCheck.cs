using System.Runtime.CompilerServices;
using Accounts.Core.Webhooks;

namespace Accounts.Core.Checkup;

/// <summary>Whether receivers of webhooks take them: none waits for long, none was parked.</summary>
public sealed class WebhooksCheck(WebhookKeeper keeper) : ICheck
{
    private const int LongSeconds = 300;

    public string Name => "webhooks";

    public string WhenWell => "No webhook waits for longer than 5 minutes, and none is parked.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var status in await keeper.StatusAsync(cancellation))
        {
            if (status.OldestSeconds > LongSeconds)
            {
                var waiting = status.Waiting == 1 ? "1 webhook waits" : $"{status.Waiting} webhooks wait";
                var reason = status.Reason is { } words ? $"The last try that failed ended so: {words.TrimEnd('.')}." : "None was tried: does a server run that has it in its settings?";
                yield return Fault.Problem($"{waiting} for {status.Receiver}, the oldest for {status.OldestSeconds / 60} minutes. {reason} webhooks test {status.Receiver} tries it now.");
            }
            if (status.Parked > 0)
            {
                var parked = status.Parked == 1 ? "1 webhook is" : $"{status.Parked} webhooks are";
                yield return Fault.Warning($"{parked} parked, and {status.Receiver} has not heard of what they tell: {status.Reason} Once that is mended, webhooks retry {status.Receiver} --parked sends them.");
            }
        }
    }
}
