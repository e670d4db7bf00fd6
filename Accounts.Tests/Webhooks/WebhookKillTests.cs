using Accounts.Tests.Profile;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>Two thousand acts on two nodes that are killed at random, told to two apps that fail, drop and stall.</summary>
[Trait("Pace", "long")]
public sealed class WebhookKillTests(Postgres postgres)
{
    private const int Users = 50, Rounds = 13, LeastKills = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly (string, string) PublicUrl = ("Accounts:PublicUrl", "http://localhost:8000");

    private readonly ServerProcess[] nodes = new ServerProcess[2];
    private readonly CancellationTokenSource enough = new();

    [Fact]
    public async Task WH_01_Whatever_is_killed_each_act_is_one_event_and_told_to_each_app_in_order_and_nothing_else_is()
    {
        await using var sturdy = await WebhookApp.StartAsync("sturdy");
        await using var moody = await WebhookApp.StartAsync("moody", chaos: 40);
        (string, string)[] settings = [PublicUrl, .. sturdy.Settings, .. moody.Settings];
        var database = await postgres.CreateDatabaseAsync();
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = await ServerProcess.StartAsync(database, settings);
        }
        var kills = KillAsync(database, settings);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => ActAsync()));
        }
        finally
        {
            await enough.CancelAsync();
        }
        var killed = await kills;
        var world = new TestDatabase(database);
        await Until.TrueAsync(async () => await world.CountAsync("security_events", "number IS NULL") == 0 && await IsToldAsync(world), "all is told", TimeSpan.FromMinutes(8));
        await AssertOneEventAnActAsync(world);
        await AssertToldAsync(world, sturdy);
        await AssertToldAsync(world, moody);
        Assert.True(killed >= LeastKills, $"{killed} kills");
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static async Task<bool> IsToldAsync(TestDatabase world) =>
        await world.CountAsync("webhook_messages", "state <> 'sent'") == 0
        && await world.CountAsync("webhook_receivers", "last_number = (SELECT max(number) FROM security_events)") == 2;

    private async Task<int> KillAsync(string database, (string, string)[] settings)
    {
        var count = 0;
        while (!enough.IsCancellationRequested)
        {
            await Task.Delay(Random.Shared.Next(500, 3_000));
            var victim = Random.Shared.Next(2);
            await nodes[victim].KillAsync();
            count++;
            var next = await ServerProcess.StartAsync(database, settings);
            await nodes[victim].DisposeAsync();
            nodes[victim] = next;
        }
        return count;
    }

    /// <summary>Signs up, then in, renames themselves and signs out, over and over, by whichever node answers.</summary>
    private async Task ActAsync()
    {
        using var client = new ApiClient(nodes[0].Address, "Tests/1.0");
        var person = Some.Person();
        await TryAsync(client, () => client.RegisterAsync(person));
        for (var round = 0; round < Rounds; round++)
        {
            client.Cookies.Clear();
            if (await TryAsync(client, () => client.LoginAsync(person)) is { Status: 200 } signedIn)
            {
                client.Access = signedIn.Access;
                await TryAsync(client, () => client.PatchMeAsync(new { first_name = Some.Username() }));
            }
            client.Access = null;
            await TryAsync(client, client.LogoutAsync);
        }
    }

    /// <summary>Until some node has answered; one that is killed has done it, or not.</summary>
    private async Task<Answer> TryAsync(ApiClient client, Func<Task<Answer>> act)
    {
        // Or all would be done before anybody is killed.
        await Task.Delay(LongestPause * Random.Shared.NextDouble());
        while (true)
        {
            client.Address = nodes[Random.Shared.Next(2)].Address;
            try
            {
                if (await act() is { Status: not 503 } answer)
                {
                    return answer;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException)
            {
            }
            await Task.Delay(100);
        }
    }

    private static async Task AssertOneEventAnActAsync(TestDatabase world)
    {
        Assert.Equal(Users, await world.CountAsync("users"));
        Assert.Equal(0, await world.CountAsync("users u", "(SELECT count(*) FROM security_events e WHERE e.user_id = u.id AND e.kind = 'registered') <> 1"));
        Assert.Equal(0, await world.CountAsync("sessions s", "(SELECT count(*) FROM security_events e WHERE e.session_id = s.id AND e.kind = 'signed_in') <> 1"));
        Assert.Equal(0, await world.CountAsync(
            "sessions s", "(SELECT count(*) FROM security_events e WHERE e.session_id = s.id AND e.kind IN ('signed_out', 'oldest_session_ended')) <> (s.ended_at IS NOT NULL)::int"));
        Assert.Equal(0, await world.CountAsync("security_events e", "e.kind IN ('signed_in', 'signed_out') AND NOT EXISTS (SELECT FROM sessions s WHERE s.id = e.session_id)"));
        Assert.InRange(await world.CountAsync("security_events"), 1_800, 4_000);
    }

    /// <summary>Every event that is told, at least once, each user's in the order of their numbers, and none that is no event.</summary>
    private static async Task AssertToldAsync(TestDatabase world, WebhookApp app)
    {
        var events = await world.ScalarAsync<string[]>("""
            SELECT array_agg('evt_' || replace(id::text, '-', '') || ' ' || user_id ORDER BY number) FROM security_events
            WHERE kind IN ('registered', 'signed_in', 'signed_out', 'oldest_session_ended', 'profile_changed', 'username_changed')
            """);
        var told = app.Heard().Select(webhook => (webhook.Id, webhook.User)).Distinct().ToArray();
        Assert.Equal(events.Order(StringComparer.Ordinal), told.Select(webhook => $"{webhook.Id} {webhook.User}").Order(StringComparer.Ordinal));
        Assert.Equal(
            events.GroupBy(entry => entry.Split(' ')[1]).OrderBy(user => user.Key, StringComparer.Ordinal).SelectMany(user => user),
            told.GroupBy(webhook => $"{webhook.User}").OrderBy(user => user.Key, StringComparer.Ordinal).SelectMany(user => user).Select(webhook => $"{webhook.Id} {webhook.User}"));
    }
}
