namespace Accounts.Core.Outbox;

/// <summary>Nobody is there to take this message or any other: it says nothing of the message, which counts no attempt for it.</summary>
public sealed class CarrierAwayException(string message, Exception? inner = null) : Exception(message, inner);
