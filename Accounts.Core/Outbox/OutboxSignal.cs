namespace Accounts.Core.Outbox;

/// <summary>
/// Wakes the lanes of this process when it has committed a message. Those of others poll: a notification by the database
/// would hold one lock over every commit that queues a message.
/// </summary>
public sealed class OutboxSignal : WakeSignal;
