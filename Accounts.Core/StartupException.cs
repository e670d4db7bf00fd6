namespace Accounts.Core;

/// <summary>The program can't start; the message is one line that says what to do.</summary>
public sealed class StartupException(string message) : Exception(message);
