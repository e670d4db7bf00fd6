namespace Accounts.Core.Webhooks;

/// <summary>How far a receiver's webhooks have been made of the events. Who holds the row makes them: all nodes share it.</summary>
public sealed class WebhookProgress
{
    /// <summary>So long a receiver that is in no server's settings is remembered, and goes on where it was.</summary>
    public const string Remembered = "interval '3 days'";

    private WebhookProgress()
    {
    }

    public string Receiver { get; private set; } = "";

    /// <summary>Of the last event that was looked at.</summary>
    public long LastNumber { get; private set; }

    /// <summary>When a server last had it in its settings.</summary>
    public DateTimeOffset SeenAt { get; private set; }
}
