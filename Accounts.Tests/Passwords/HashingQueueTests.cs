using System.Collections.Concurrent;
using System.Diagnostics;
using Accounts.Core.Passwords;
using Accounts.Core.Passwords.Hashing;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Who waits for a hash, and for how long, while all threads are busy.</summary>
[Collection(typeof(Alone)), Trait("Pace", "slow")]
public sealed class HashingQueueTests(HashingQueueTests.Throttled shared) : IClassFixture<HashingQueueTests.Throttled>, IAsyncLifetime
{
    private const int AtOnce = 30, MayWait = 2;

    private readonly TestServer server = shared.Server;
    private readonly PasswordHashing hashing = shared.Server.Services.GetRequiredService<PasswordHashing>();
    private readonly ApiClient owner = shared.Server.Client();
    private readonly ApiClient attacker = shared.Server.Client();
    private Person person = null!;
    private Person own = null!;

    public sealed class Throttled(Postgres postgres) : SharedServer(
        postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "1000"), ("Accounts:Throttling:RegistrationsPerHour", "1000"),
        ("Accounts:Throttling:OthersPerMinute", "1000"), ("Accounts:TrustedProxies", "127.0.0.1"));

    public async ValueTask InitializeAsync() => (person, own) = (await owner.SignInSomebodyAsync(), await attacker.RegisterSomebodyAsync());

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        attacker.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task XA_01_Of_many_confirms_of_one_token_from_one_network_two_wait_and_one_is_hashed()
    {
        var token = await server.Database.PlantResetAsync(own);
        var answers = await FloodAsync(i => attacker.ResetFromAsync(Neighbour(i), token, $"password-of-attempt-{i}"));
        Assert.Equal([200, 400], answers);
        Assert.Equal(1, await server.Database.EventsAsync(own, "password_reset"));
    }

    /// <summary>The control of the others.</summary>
    [Fact]
    public async Task XA_01_Of_many_wrong_sign_ins_from_one_network_two_wait() =>
        Assert.Equal([401, 401], await FloodAsync(i => attacker.LoginFromAsync(Neighbour(i), Some.Person())));

    [Fact]
    public async Task XA_01_Device_cookies_of_ones_own_account_multiply_nothing_in_however_many_networks()
    {
        var devices = new List<ApiClient>();
        for (var i = 0; i < 5; i++)
        {
            devices.Add(server.Client());
            Assert.Equal(200, (await devices[i].LoginFromAsync($"10.3.{i}.1", own)).Status);
        }
        Assert.Equal([200, 200], await FloodAsync(i => devices[i % 5].LoginFromAsync($"10.4.{i}.1", own)));
        devices.ForEach(device => device.Dispose());
    }

    [Fact]
    public async Task XA_01_Known_devices_come_first_each_user_once_and_then_who_proved_something()
    {
        var order = new ConcurrentQueue<string>();
        var (ann, bob, cid) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Task[] hashes;
        await using (var taken = await TakenThreads.TakeAsync(hashing))
        {
            hashes =
            [
                HashAsync(new(HashingRank.Anybody, "a", null), "anybody"), HashAsync(new(HashingRank.Proven, "b", ann), "reset"),
                HashAsync(new(HashingRank.KnownDevice, "c", bob), "known"), HashAsync(new(HashingRank.KnownDevice, "d", bob), "again"),
                HashAsync(new(HashingRank.KnownDevice, "e", cid), "another"),
            ];
            taken.LetOneGo();
            await Task.WhenAll(hashes);
        }
        Assert.Equal(["known", "another", "reset", "anybody"], order.Where(name => name != "again"));
        Assert.Contains("again", order.Skip(2));

        async Task HashAsync(HashingParty party, string name)
        {
            using var place = hashing.Take(party);
            await place.RunAsync(() => Note(name), CancellationToken.None);
        }

        int Note(string name)
        {
            order.Enqueue(name);
            return order.Count;
        }
    }

    [Fact]
    public async Task XA_01_What_cannot_begin_within_five_seconds_is_refused_and_nothing_is_counted_or_spent()
    {
        var token = await server.Database.PlantResetAsync(own);
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        var watch = Stopwatch.StartNew();
        await using (await TakenThreads.TakeAsync(hashing))
        {
            Assert.All(
                await Task.WhenAll(owner.LoginAsync(person), attacker.LoginFromAsync("10.5.0.1", Some.Person()), attacker.ResetFromAsync("10.6.0.1", token, Some.OtherPassword)),
                AssertFull);
        }
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(5), Patience.Of(TimeSpan.FromSeconds(10)));
        Assert.Equal(0, await server.Database.CountAsync("throttle_counters", "count > 0"));
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
        (await attacker.ResetFromAsync("10.6.0.1", token, Some.OtherPassword)).AssertBody(200, PasswordSteps.Done);
    }

    /// <summary>So many at once while all threads are busy, and a sign-in of the owner among them; then the threads are free.</summary>
    /// <returns>the statuses of those that were not refused</returns>
    private async Task<IEnumerable<int>> FloodAsync(Func<int, Task<Answer>> request)
    {
        Task<Answer>[] flood;
        Task<Answer> signIn;
        await using (await TakenThreads.TakeAsync(hashing))
        {
            flood = [.. Enumerable.Range(0, AtOnce).Select(request)];
            await Until.TrueAsync(() => Task.FromResult(flood.Count(one => one.IsCompleted) == AtOnce - MayWait), "all but those that may wait are answered");
            signIn = owner.LoginAsync(person);
        }
        Assert.Equal(200, (await signIn).Status);
        var answers = await Task.WhenAll(flood);
        Assert.All(answers.Where(answer => answer.Status == 503), AssertFull);
        return answers.Select(answer => answer.Status).Where(status => status != 503).Order();
    }

    private static void AssertFull(Answer answer) =>
        Assert.Equal((503, "unavailable", "2"), (answer.Status, answer["code"], answer.Header("Retry-After")));

    private static string Neighbour(int number) => $"10.9.9.{number % 7}";
}
