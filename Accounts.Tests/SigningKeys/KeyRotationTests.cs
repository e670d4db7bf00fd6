using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SigningKeys;

/// <summary>Signing keys are turned and taken back on two nodes while services check tokens all the time. Days are made by aging the rows; 5 minutes of cache are 2 seconds here.</summary>
[Trait("Pace", "long")]
public sealed class KeyRotationTests(Postgres postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Cache = TimeSpan.FromSeconds(2), EveryNode = TimeSpan.FromSeconds(30);

    private Nodes nodes = null!;
    private CachingClient service = null!;
    private Person person = null!;
    private readonly CancellationTokenSource enough = new();
    private Task load = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        nodes = await Nodes.StartAsync(postgres);
        service = new CachingClient(() => nodes.Client(), Cache);
        person = await nodes.RegisterAsync();
        load = LoadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await load;
        await nodes.DisposeAsync();
        enough.Dispose();
    }

    [Fact]
    public async Task AT_07_Scheduled_and_manual_rotations_fail_no_verification_and_a_revoked_key_dies_everywhere_within_30_seconds()
    {
        var first = await ActiveAsync();
        var old = await TokenAsync();
        await AgeAsync("interval '89 days'");
        var second = await FollowsAsync(first);
        await BothAsync(async node => (await PublishedAsync(node)).Contains(first, StringComparison.Ordinal), "it is still published");
        await service.CheckAsync(old);
        await RunAsync("rotate");
        var third = await FollowsAsync(second);
        Assert.Empty(service.Failures);
        Assert.InRange(service.Verified, 20, int.MaxValue);
        await AgeAsync("interval '1 hour'");
        await BothAsync(async node => !(await PublishedAsync(node)).Contains(first, StringComparison.Ordinal), "it is gone, as its last token is");
        var stolen = await TokenAsync();
        await RunAsync("revoke", third);
        await DiesAsync(stolen, third);
    }

    /// <summary>A new key is published by both nodes for longer than anybody keeps the old set; then its time comes, and both sign with it.</summary>
    private async Task<string> FollowsAsync(string active)
    {
        string? next = null;
        await Until.TrueAsync(async () => (next = await AnnouncedAsync(active)) is not null, "a new key is announced", EveryNode);
        await BothAsync(async node => (await PublishedAsync(node)).Contains(next!, StringComparison.Ordinal), "it is published");
        await Task.Delay(Cache + Cache);
        Assert.Equal(active, await ActiveAsync());
        await AgeAsync("(SELECT max(active_from) - clock_timestamp() FROM signing_keys)");
        await BothAsync(async node => CachingClient.KeyIdOf((await node.SignInAsync(person)).Access) == next, "it signs");
        return next!;
    }

    private async Task<string?> AnnouncedAsync(string active) => await nodes.Database.CountAsync("signing_keys", "active_from > now()") == 0
        ? null
        : await nodes.Database.ScalarAsync<string>("SELECT id FROM signing_keys WHERE active_from > now() AND id <> @active", ("active", active));

    private Task AgeAsync(string by) => nodes.Database.ExecuteAsync($"UPDATE signing_keys SET active_from = active_from - {by}");

    private async Task RunAsync(params string[] words)
    {
        await using var run = await ServerProcess.RunAsync(["keys", .. words], nodes.Database.ConnectionString);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    private async Task DiesAsync(string token, string key)
    {
        Assert.Equal(key, CachingClient.KeyIdOf(token));
        await BothAsync(async node => (await node.MeAsync(token)).Status == 401, "the token is refused");
        await BothAsync(async node => !(await PublishedAsync(node)).Contains(key, StringComparison.Ordinal), "its key is not published");
        using var client = nodes.Client();
        (await client.MeAsync(token)).AssertAccessRefused("invalid");
        Assert.NotEqual(key, await ActiveAsync());
    }

    private async Task BothAsync(Func<ApiClient, Task<bool>> holds, string what)
    {
        foreach (var node in nodes.Clients())
        {
            await Until.TrueAsync(() => holds(node), what, EveryNode);
            node.Dispose();
        }
    }

    private async Task<string> TokenAsync() => (await nodes.SignInAsync(person)).Access;

    private async Task<string> ActiveAsync() => CachingClient.KeyIdOf(await TokenAsync());

    private static async Task<string> PublishedAsync(ApiClient node) => (await node.GetAsync("/.well-known/jwks.json")).Text;

    private async Task LoadAsync()
    {
        while (!enough.IsCancellationRequested)
        {
            await service.CheckAsync(await TokenAsync());
        }
    }
}
