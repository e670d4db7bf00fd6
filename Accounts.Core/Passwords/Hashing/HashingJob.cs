namespace Accounts.Core.Passwords.Hashing;

/// <summary>What one of the pool's threads is to do for somebody who waits.</summary>
internal abstract class HashingJob
{
    public abstract void Run();
}

/// <inheritdoc/>
internal sealed class HashingJob<T>(Action begin, Func<T> work, CancellationToken cancellation) : HashingJob
{
    private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => result.Task;

    /// <summary>Not for who has gone by now: it is cancelled then.</summary>
    public override void Run()
    {
        begin();
        if (cancellation.IsCancellationRequested)
        {
            result.SetCanceled(cancellation);
            return;
        }
        try
        {
            result.SetResult(work());
        }
        catch (Exception e)
        {
            result.SetException(e);
        }
    }
}
