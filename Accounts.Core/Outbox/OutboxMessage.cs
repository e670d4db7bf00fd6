using Accounts.Core.Secrets;

namespace Accounts.Core.Outbox;

/// <summary>How far a message has come.</summary>
public enum OutboxState
{
    Queued,
    /// <summary>Claimed by a worker until <see cref="OutboxMessage.DueAt"/>; then anybody may claim it again.</summary>
    Sending,
    Sent,
    /// <summary>Given up; <see cref="OutboxMessage.LastError"/> says why.</summary>
    Abandoned,
}

/// <summary>
/// A mail to be sent, written in the transaction of what it tells about. The payload is encrypted, and erased once sent.
/// </summary>
public sealed class OutboxMessage : IClaimedMessage
{
    public const int LongestError = 500;

    private OutboxMessage()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>The word for what it is: only a worker that knows it takes the message.</summary>
    public string Template { get; private set; } = "";

    public string Recipient { get; private set; } = "";

    public byte[]? Payload { get; private set; }

    public OutboxState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>By the database's clock: when it is to be tried next, or until when the worker that claimed it may be at it.</summary>
    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>After this its links are dead and it is not sent any more.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public string? LastError { get; private set; }

    public static OutboxMessage Queue(
        string template, string recipient, ReadOnlySpan<byte> payload, DateTimeOffset? expiresAt, SecretBox box, DateTimeOffset now, DateTimeOffset? dueAt = null)
    {
        var id = Guid.CreateVersion7(now);
        return new OutboxMessage
        {
            Id = id,
            Template = template,
            Recipient = recipient,
            Payload = box.Seal(SecretUse.Outbox, payload, Place(id, recipient)),
            State = OutboxState.Queued,
            ExpiresAt = expiresAt,
            // Left out, it is the database's now.
            DueAt = dueAt ?? default,
        };
    }

    /// <summary>The payload as it was queued.</summary>
    public byte[] Open(SecretBox box) => box.Open(SecretUse.Outbox, Payload, Place(Id, Recipient));

    public void Sent(DateTimeOffset now)
    {
        State = OutboxState.Sent;
        SentAt = now;
        Payload = null;
        LastError = null;
    }

    public void Abandon(string error)
    {
        State = OutboxState.Abandoned;
        Payload = null;
        LastError = Shorten(error);
    }

    /// <summary>By what PostgreSQL counts as a character: half of one is no text, and no row takes it.</summary>
    public static string Shorten(string error) => string.Concat(error.EnumerateRunes().Take(LongestError));

    /// <summary>Bound to its row and recipient: a payload moved elsewhere does not open.</summary>
    private static string Place(Guid id, string recipient) => $"outbox_messages/{id:N}/{recipient}";
}
