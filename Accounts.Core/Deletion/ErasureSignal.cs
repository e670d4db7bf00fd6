namespace Accounts.Core.Deletion;

/// <summary>Wakes the worker of this process when somebody is to be erased at once. Those of others look by themselves.</summary>
public sealed class ErasureSignal : WakeSignal;
