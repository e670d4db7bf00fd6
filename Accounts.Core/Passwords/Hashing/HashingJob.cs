namespace Accounts.Core.Passwords.Hashing;

/// <summary>What one of the pool's threads is to do for somebody who waits.</summary>
internal abstract class HashingJob(Action begin, CancellationToken cancellation)
{
    /// <summary>It waits no more. False when who asked has gone: it is cancelled then.</summary>
    public bool Begin()
    {
        begin();
        if (!cancellation.IsCancellationRequested)
        {
            return true;
        }
        Cancel(cancellation);
        return false;
    }

    public abstract void Run();

    protected abstract void Cancel(CancellationToken by);
}

/// <inheritdoc/>
internal class HashingJob<T>(Action begin, Func<T> work, CancellationToken cancellation) : HashingJob(begin, cancellation)
{
    private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => result.Task;

    public override void Run()
    {
        try
        {
            Complete(work());
        }
        catch (Exception e)
        {
            result.SetException(e);
        }
    }

    public void Complete(T value) => result.SetResult(value);

    protected override void Cancel(CancellationToken by) => result.SetCanceled(by);
}

/// <summary>One that others may be computed together with.</summary>
internal sealed class DerivationJob(Action begin, PasswordDerivation asked, CancellationToken cancellation)
    : HashingJob<byte[]>(begin, asked.Derive, cancellation)
{
    public PasswordDerivation Asked => asked;
}
