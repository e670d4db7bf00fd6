namespace Accounts.Core.Outbox;

/// <summary>This message can never be delivered: it was refused, or lacks what it takes. Trying again changes nothing.</summary>
public sealed class UndeliverableException(string message, Exception? inner = null) : Exception(message, inner);
