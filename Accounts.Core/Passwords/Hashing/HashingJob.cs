namespace Accounts.Core.Passwords.Hashing;

/// <summary>What one of the pool's threads is to do for somebody who waits.</summary>
internal abstract class HashingJob
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => begun.Task;

    public void Run()
    {
        begun.SetResult();
        Work();
    }

    protected abstract void Work();
}

/// <inheritdoc/>
internal sealed class HashingJob<T>(Func<T> work) : HashingJob
{
    private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => result.Task;

    protected override void Work()
    {
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
