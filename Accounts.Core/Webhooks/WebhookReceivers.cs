using System.Collections.Frozen;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Webhooks;

/// <summary>Who is told what happens.</summary>
public sealed class WebhookReceivers
{
    public WebhookReceivers(IEnumerable<WebhookReceiverName> names, IOptionsMonitor<WebhookReceiverOptions> options) =>
        All = [.. names.Select(name => Read(name.Text, options.Get(name.Text)))];

    public IReadOnlyList<WebhookReceiver> All { get; }

    public string[] Names => [.. All.Select(receiver => receiver.Name)];

    /// <summary>Null for none of that name.</summary>
    public WebhookReceiver? Find(string name) => All.FirstOrDefault(receiver => receiver.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static WebhookReceiver Read(string name, WebhookReceiverOptions options)
    {
        var words = SettingsSetup.Parts(options.Events);
        var events = words.Length == 0 ? WebhookEvents.All : words.SelectMany(WebhookEvents.Matching);
        var keys = SettingsSetup.Parts(options.Secret).Select(secret => WebhookSecret.Read(secret)!);
        return new WebhookReceiver(name.ToLowerInvariant(), new Uri(options.Url), [.. keys], events.ToFrozenSet(StringComparer.Ordinal));
    }
}
