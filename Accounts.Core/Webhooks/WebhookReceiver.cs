namespace Accounts.Core.Webhooks;

/// <summary>The name of a receiver's section.</summary>
public sealed record WebhookReceiverName(string Text);

/// <summary>Wakes the lanes of one receiver when this process has found something to tell it.</summary>
public sealed class WebhookSignal : WakeSignal;

/// <summary>An app that is told what happens.</summary>
/// <param name="name">as it is stored: in small letters, for a variable of the environment may be in capitals on one node</param>
/// <param name="url">where</param>
/// <param name="keys">of its secrets</param>
/// <param name="events">the words of what it is told</param>
public sealed class WebhookReceiver(string name, Uri url, byte[][] keys, IReadOnlySet<string> events)
{
    public string Name { get; } = name;

    public Uri Url { get; } = url;

    public IReadOnlySet<string> Events { get; } = events;

    public WebhookSignal Signal { get; } = new();

    /// <inheritdoc cref="WebhookSignature.Of"/>
    internal string Sign(string id, long timestamp, ReadOnlySpan<byte> body) => WebhookSignature.Of(keys, id, timestamp, body);

    public override string ToString() => Name;
}
