namespace Accounts.Core.Failures;

/// <summary>The program can't start; the message is one line that says what to do.</summary>
public sealed class StartupException(string message) : Exception(message);
