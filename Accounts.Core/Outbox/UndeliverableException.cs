namespace Accounts.Core.Outbox;

/// <summary>This message can never be delivered: it was refused for good, or lacks what it takes. Trying again would change nothing.</summary>
public sealed class UndeliverableException(string message, Exception? inner = null) : Exception(message, inner);
