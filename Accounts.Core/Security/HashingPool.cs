using System.Runtime.InteropServices;
using Accounts.Core.Sessions;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Security;

/// <summary>
/// Threads of its own for password hashing, so that a flood of sign-ins starves neither the thread pool nor <c>me</c>
/// and refresh. The queue is bounded; one network may have few jobs waiting, and a quarter of the places is kept for
/// known devices, so that nobody crowds out the owners. Past that: <see cref="UnavailableException"/>, which counts nothing.
/// </summary>
public sealed partial class HashingPool : IDisposable
{
    private const int Nice = 10;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private sealed record Job(Action Run, string Network, bool Known, CancellationToken Cancellation);

    private readonly ThrottlingOptions options;
    private readonly LinkedList<Job> known = [];
    private readonly LinkedList<Job> others = [];
    private readonly Dictionary<string, int> waiting = [];
    private readonly Lock gate = new();
    private readonly SemaphoreSlim available = new(0);
    private readonly CancellationTokenSource stopping = new();

    public HashingPool(IOptions<ThrottlingOptions> options)
    {
        this.options = options.Value;
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            new Thread(Work) { IsBackground = true, Name = $"hashing-{i}" }.Start();
        }
    }

    /// <exception cref="UnavailableException">the queue, or the caller's share of it, is full</exception>
    public Task<T> RunAsync<T>(Func<T> work, Device device, CancellationToken cancellation)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new Job(() => Complete(result, work, cancellation), device.Network, device.IsKnown, cancellation));
        return result.Task;
    }

    private static void Complete<T>(TaskCompletionSource<T> result, Func<T> work, CancellationToken cancellation)
    {
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

    private void Enqueue(Job job)
    {
        lock (gate)
        {
            if (!Admits(job))
            {
                throw new UnavailableException(RetryAfter);
            }
            (job.Known ? known : others).AddLast(job);
            waiting[job.Network] = waiting.GetValueOrDefault(job.Network) + 1;
        }
        available.Release();
    }

    private bool Admits(Job job)
    {
        var full = known.Count + others.Count >= options.HashQueueLength || (!job.Known && others.Count >= options.HashQueueLength * 3 / 4);
        return !full && (job.Known || !options.Enabled || waiting.GetValueOrDefault(job.Network) < options.HashesWaitingPerNetwork);
    }

    private void Work()
    {
        LowerPriority();
        while (Next() is { } job)
        {
            job.Run();
        }
    }

    private Job? Next()
    {
        try
        {
            available.Wait(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        lock (gate)
        {
            return Take(known.Count > 0 ? known : others);
        }
    }

    private Job Take(LinkedList<Job> queue)
    {
        var job = queue.First!.Value;
        queue.RemoveFirst();
        if (--waiting[job.Network] == 0)
        {
            waiting.Remove(job.Network);
        }
        return job;
    }

    /// <summary>On Linux a thread has its own nice value: hashing yields the processor to whoever answers requests.</summary>
    private static void LowerPriority()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(0, 0, Nice);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    public void Dispose()
    {
        stopping.Cancel();
        foreach (var job in known.Concat(others))
        {
            job.Run();
        }
    }
}
