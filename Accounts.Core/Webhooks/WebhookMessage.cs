namespace Accounts.Core.Webhooks;

/// <summary>How far a webhook has come.</summary>
public enum WebhookState
{
    Queued,
    /// <summary>Claimed by a worker until <see cref="WebhookMessage.DueAt"/>; then anybody may claim it again.</summary>
    Sending,
    /// <summary>An earlier one of the same user to the same receiver is not through yet. Of those that are, one at most is queued or sending.</summary>
    Held,
    Sent,
    /// <summary>Given up, until an operator has it tried again.</summary>
    Parked,
}

/// <summary>That a receiver is to be told of an event; made once that has its number. What is told stands with the event and its user, and is read as it is sent.</summary>
public sealed class WebhookMessage
{
    public const int LongestWord = 40;

    private WebhookMessage()
    {
    }

    public Guid Id { get; private set; }

    public string Receiver { get; private set; } = "";

    /// <summary>The event's: the order in which a user's are told.</summary>
    public long Number { get; private set; }

    public Guid EventId { get; private set; }

    /// <summary>Kept after the user is gone, so no foreign key.</summary>
    public Guid UserId { get; private set; }

    /// <summary>The word of the event on the wire.</summary>
    public string Type { get; private set; } = "";

    public WebhookState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>By the database's clock: when it is to be tried next, or until when the worker that claimed it may be at it.</summary>
    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it is parked, if nobody has taken it until then.</summary>
    public DateTimeOffset GiveUpAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>When a try failed last; it stays where a later one did not.</summary>
    public DateTimeOffset? FailedAt { get; private set; }

    /// <summary>Why that try failed, in words of ours.</summary>
    public string? LastError { get; private set; }

    /// <summary>Whether later ones of the user were told before it.</summary>
    public bool IsLate { get; private set; }
}
