namespace Accounts.Core.Workers;

/// <summary>
/// Workers begin behind the first rehearsal (<c>Warmup</c>), and before the server calls itself ready: at their first turns, of which each compiles statements
/// of its own, a server that starts would answer nobody. Whatever they are to do has waited for the start as well.
/// </summary>
public sealed class WorkersGate
{
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => opened.TrySetResult();

    public Task WaitAsync(CancellationToken cancellation) => opened.Task.WaitAsync(cancellation);
}
