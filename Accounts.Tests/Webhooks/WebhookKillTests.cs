using System.Collections.Concurrent;
using Accounts.Tests.Profile;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>Two thousand acts on two nodes that are killed at random, told to two apps that fail, drop what they have taken or not, and stall.</summary>
[Trait("Pace", "long")]
public sealed class WebhookKillTests(Postgres postgres)
{
    private const int Users = 50, Rounds = 13, LeastKills = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly (string, string) PublicUrl = ("Accounts:PublicUrl", "http://localhost:8000");

    private readonly ServerProcess[] nodes = new ServerProcess[2];
    private readonly CancellationTokenSource enough = new();
    private readonly ConcurrentBag<ActedUser> acted = [];
    private volatile int killed;

    /// <param name="Email">of who it is</param>
    /// <param name="Done">changes of the profile that were answered 200</param>
    /// <param name="Tried">those and the ones that a node died over, which it may have committed</param>
    private sealed record ActedUser(string Email, int Done, int Tried);

    [Fact]
    public async Task WH_01_Whatever_is_killed_each_act_is_one_event_and_told_to_each_app_in_order_and_nothing_else_is()
    {
        await using var moody = await WebhookApp.StartAsync("moody", chaos: 40);
        await using var other = await WebhookApp.StartAsync("other", chaos: 15);
        (string, string)[] settings = [PublicUrl, .. moody.Settings, .. other.Settings];
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
        await kills;
        Assert.True(killed >= LeastKills, $"{killed} kills");
        var world = new TestDatabase(database);
        await Until.TrueAsync(async () => await world.CountAsync("security_events", "number IS NULL") == 0 && await IsToldAsync(world), "all is told", TimeSpan.FromMinutes(8));
        await AssertOneEventAnActAsync(world);
        await AssertToldAsync(world, moody);
        await AssertToldAsync(world, other);
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static async Task<bool> IsToldAsync(TestDatabase world) =>
        await world.CountAsync("webhook_messages", "state <> 'sent'") == 0
        && await world.CountAsync("webhook_receivers", "last_number = (SELECT max(number) FROM security_events)") == 2;

    /// <summary>One of the two, now and again both: nobody is left then who could take over.</summary>
    private async Task KillAsync(string database, (string, string)[] settings)
    {
        while (!enough.IsCancellationRequested)
        {
            await Task.Delay(Random.Shared.Next(500, 3_000));
            var first = Random.Shared.Next(2);
            int[] victims = Random.Shared.Next(3) == 0 ? [first, 1 - first] : [first];
            await Task.WhenAll(victims.Select(victim => nodes[victim].KillAsync()));
            killed++;
            foreach (var victim in victims)
            {
                var next = await ServerProcess.StartAsync(database, settings);
                await nodes[victim].DisposeAsync();
                nodes[victim] = next;
            }
        }
    }

    /// <summary>Signs up, then in, renames themselves and signs out, over and over, by whichever node answers; spread over the kills.</summary>
    private async Task ActAsync()
    {
        using var client = new ApiClient(nodes[0].Address, "Tests/1.0");
        var person = Some.Person();
        await TryAsync(client, () => client.RegisterAsync(person));
        var (done, tried) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await Until.TrueAsync(() => Task.FromResult(killed >= round * LeastKills / (Rounds - 1)), "somebody was killed", TimeSpan.FromMinutes(3));
            client.Cookies.Clear();
            var signedIn = await TryAsync(client, () => client.LoginAsync(person));
            Assert.True(signedIn.Status == 200, signedIn.ToString());
            client.Access = signedIn.Access;
            var changed = await TryAsync(client, () =>
            {
                tried++;
                return client.PatchMeAsync(new { first_name = Some.Username() });
            });
            done += changed.Status == 200 ? 1 : 0;
            client.Access = null;
            await TryAsync(client, client.LogoutAsync);
        }
        acted.Add(new ActedUser(person.Email, done, tried));
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

    private async Task AssertOneEventAnActAsync(TestDatabase world)
    {
        Assert.Equal((Users, Users), (acted.Count, await world.CountAsync("users")));
        Assert.Equal(0, await world.CountAsync("users u", "(SELECT count(*) FROM security_events e WHERE e.user_id = u.id AND e.kind = 'registered') <> 1"));
        Assert.Equal(0, await world.CountAsync("sessions s", "(SELECT count(*) FROM security_events e WHERE e.session_id = s.id AND e.kind = 'signed_in') <> 1"));
        Assert.Equal(0, await world.CountAsync(
            "sessions s", "(SELECT count(*) FROM security_events e WHERE e.session_id = s.id AND e.kind IN ('signed_out', 'oldest_session_ended')) <> (s.ended_at IS NOT NULL)::int"));
        Assert.Equal(0, await world.CountAsync("security_events e", "e.kind IN ('signed_in', 'signed_out') AND NOT EXISTS (SELECT FROM sessions s WHERE s.id = e.session_id)"));
        foreach (var user in acted)
        {
            Assert.InRange(
                await world.CountAsync("security_events e JOIN users u ON u.id = e.user_id", "u.email = @email AND e.kind = 'profile_changed'", ("email", user.Email)), user.Done, user.Tried);
        }
        Assert.InRange(acted.Sum(user => user.Done), Users * (Rounds - 1), Users * Rounds);
        Assert.InRange(await world.CountAsync("security_events"), 1_900, 4_000);
    }

    /// <summary>Every event that is told, at least once, each user's in the order of their numbers, those that came again too, and none that is no event.</summary>
    private static async Task AssertToldAsync(TestDatabase world, WebhookApp app)
    {
        var events = await world.ScalarAsync<string[]>("""
            SELECT array_agg('evt_' || replace(id::text, '-', '') || ' ' || user_id ORDER BY number) FROM security_events
            WHERE kind IN ('registered', 'signed_in', 'signed_out', 'oldest_session_ended', 'profile_changed', 'username_changed')
            """);
        var heard = app.Heard().Select(webhook => $"{webhook.Id} {webhook.User}").ToArray();
        Assert.Equal(events.Order(StringComparer.Ordinal), heard.Distinct().Order(StringComparer.Ordinal));
        var places = events.Select((entry, place) => (entry, place)).ToDictionary(one => one.entry, one => one.place);
        foreach (var user in heard.GroupBy(entry => entry.Split(' ')[1]))
        {
            var order = user.Select(entry => places[entry]).ToArray();
            Assert.Equal(order.Order(), order);
        }
    }
}
