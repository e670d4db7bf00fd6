using System.Collections.Concurrent;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>Two nodes that are replaced one after the other, while people stay signed in and use the one that a load balancer sends them to.</summary>
public sealed class RollingNodes : IAsyncDisposable
{
    private const int Users = 4;
    private static readonly (string, string) PublicUrl = ("Accounts:PublicUrl", "http://localhost:8000");

    private readonly ServerProcess[] nodes = new ServerProcess[2];
    private readonly ConcurrentQueue<Answer> answers = new();
    private readonly int[] rounds = new int[Users];
    private readonly CancellationTokenSource enough = new();
    private Task load = Task.CompletedTask;
    private volatile int green;

    private RollingNodes()
    {
    }

    public ServerProcess this[int node] => nodes[node];

    /// <summary>Both start, and people sign in and go on using them.</summary>
    public static async Task<RollingNodes> StartAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        var rolling = new RollingNodes();
        for (var node = 0; node < 2; node++)
        {
            rolling.nodes[node] = await ServerProcess.StartAsync(connectionString, [PublicUrl, .. settings]);
        }
        var users = Enumerable.Range(0, Users).Select(_ => rolling.nodes[0].Client()).ToArray();
        foreach (var user in users)
        {
            await user.SignInSomebodyAsync();
        }
        rolling.load = Task.WhenAll(users.Select(rolling.UseAsync));
        return rolling;
    }

    private async Task UseAsync(ApiClient user, int number)
    {
        while (!enough.IsCancellationRequested)
        {
            user.Address = nodes[green].Address;
            answers.Enqueue(await user.MeAsync());
            answers.Enqueue(await user.RefreshAsync());
            Interlocked.Increment(ref rounds[number]);
        }
        user.Dispose();
    }

    /// <summary>As a deployment does it: nobody is sent to a node any more, it ends, another comes in its place with the settings as they are now.</summary>
    public async Task ReplaceAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        for (var node = 0; node < 2; node++)
        {
            green = 1 - node;
            await EverybodyGoesOnAsync();
            await nodes[node].StopAsync();
            await nodes[node].DisposeAsync();
            nodes[node] = await ServerProcess.StartAsync(connectionString, [PublicUrl, .. settings]);
        }
    }

    /// <summary>On each node, everybody for some rounds.</summary>
    public async Task UseBothAsync()
    {
        for (var node = 0; node < 2; node++)
        {
            green = node;
            await EverybodyGoesOnAsync();
        }
    }

    private Task EverybodyGoesOnAsync()
    {
        var before = rounds.ToArray();
        return Until.TrueAsync(() => Task.FromResult(load.IsFaulted || rounds.Zip(before).All(user => user.First > user.Second + 3)), "everybody goes on");
    }

    /// <summary>Nobody has got anything but 200, and everybody is still signed in.</summary>
    public async Task AssertNobodyNoticedAsync(TestDatabase database)
    {
        await UseBothAsync();
        await enough.CancelAsync();
        await load;
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.Equal(0, await database.CountAsync("sessions", "ended_at IS NOT NULL"));
    }

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await load.ContinueWith(_ => { }, TaskScheduler.Default);
        enough.Dispose();
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }
}
