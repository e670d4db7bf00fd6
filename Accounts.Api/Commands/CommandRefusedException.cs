namespace Accounts.Api.Commands;

/// <summary>A command does nothing, for a reason of its own.</summary>
/// <param name="message">a sentence for whoever typed it</param>
internal sealed class CommandRefusedException(string message) : Exception(message);
