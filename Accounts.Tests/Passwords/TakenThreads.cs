using Accounts.Core.Passwords;
using Accounts.Core.Passwords.Hashing;
using Accounts.Tests.Support;

namespace Accounts.Tests.Passwords;

/// <summary>All threads that hash are busy until this is disposed, or one is let go.</summary>
internal sealed class TakenThreads : IAsyncDisposable
{
    private readonly List<TaskCompletionSource> ends = [];
    private readonly List<Task> held = [];
    private int begun;

    public static async Task<TakenThreads> TakeAsync(PasswordHashing hashing)
    {
        var taken = new TakenThreads();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            taken.held.Add(taken.HoldAsync(hashing, $"holder {i}"));
        }
        await Until.TrueAsync(() => Task.FromResult(taken.begun == taken.held.Count), "all threads are taken");
        return taken;
    }

    private async Task HoldAsync(PasswordHashing hashing, string network)
    {
        var end = new TaskCompletionSource();
        ends.Add(end);
        using var place = hashing.Take(new HashingParty(HashingRank.Anybody, network, null));
        await place.RunAsync(() => Hold(end.Task), CancellationToken.None);
    }

    private int Hold(Task end)
    {
        var number = Interlocked.Increment(ref begun);
        end.Wait();
        return number;
    }

    public void LetOneGo() => ends[0].TrySetResult();

    public async ValueTask DisposeAsync()
    {
        ends.ForEach(end => end.TrySetResult());
        await Task.WhenAll(held);
    }
}
