using System.Diagnostics;
using System.Globalization;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Users of Django whose hashes take 100 MiB each come back all at once, on the morning after the move.</summary>
[Trait("Pace", "long")]
[Collection(typeof(Alone))]
public sealed class ForeignFloodTests(Postgres postgres, ITestOutputHelper output)
{
    private const int AtOnce = 100;
    private const long MostMemoryGained = 300L * 1024 * 1024;

    private static readonly HashVector Vector = HashVector.OfKind("argon2$argon2id$v=19$m=102400,t=2,p=8$");

    [Fact]
    public async Task SG_18_A_hundred_sign_ins_of_100_MiB_take_the_memory_of_one_and_me_does_not_notice()
    {
        await using var server = await StartAsync();
        using var owner = server.Client();
        var person = await owner.SignInSomebodyAsync();
        using var another = server.Client();
        using var client = server.Client();
        var people = new List<Person>();
        for (var i = 0; i < AtOnce; i++)
        {
            people.Add(await client.RegisterSomebodyAsync() with { Password = Vector.Password });
        }
        await server.Database.ExecuteAsync("UPDATE users SET password_hash = @hash WHERE email <> @email", ("hash", Vector.Hash), ("email", person.Email));
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        var (quiet, before) = (await MeAsync(owner, Task.Delay(TimeSpan.FromSeconds(3))), Memory(server));

        Task<Answer>[] signIns = [.. people.Select((one, i) => client.LoginFromAsync($"10.2.{i}.7", one))];
        var flood = Task.WhenAll(signIns);
        var (peak, times) = (PeakAsync(server, flood), MeAsync(owner, flood));
        // Once those are gone that find no room, which is at once, there is room for everybody else: their hashes take a tenth of the time of one of those.
        await Until.TrueAsync(() => Task.FromResult(signIns.Count(one => one.IsCompleted) > AtOnce / 2), "half of them are answered");
        await Until.TrueAsync(async () => (await another.LoginAsync(person)).Status == 200, "somebody else gets in");
        Assert.False(flood.IsCompleted);
        var answers = await flood;
        var (most, meanwhile) = (await peak, await times);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{answers.Count(answer => answer.Status == 200)} of {AtOnce} got in, the others 503; memory {before >> 20} MiB, at most {most >> 20} MiB; me {Median(quiet):0.0} ms, meanwhile {Median(meanwhile):0.0} ms (p99 {At(meanwhile, 0.99):0.0} ms, {meanwhile.Count} times)"));
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.All(answers, answer => Assert.True(answer.Status == 200 || (answer.Status == 503 && answer["code"] == "unavailable" && answer.Header("Retry-After") is not null), answer.ToString()));
        Assert.InRange(most - before, long.MinValue, MostMemoryGained);
        Assert.InRange(Median(meanwhile), 0, Math.Max(5 * Median(quiet), 50));
        // Who was refused for want of room has made no guess, and gets in a moment later.
        Assert.Equal(0, await server.Database.CountAsync("throttle_counters", "count > 0"));
        var late = people.Zip(answers).First(pair => pair.Second.Status == 503).First;
        Assert.Equal(200, (await client.LoginFromAsync("10.3.0.7", late)).Status);
    }

    /// <summary>As on eight cores, where eight of them would be computed at once if they did not wait for each other.</summary>
    private async Task<ServerProcess> StartAsync() => await ServerProcess.StartAsync(
        await postgres.CreateDatabaseAsync(), ("DOTNET_PROCESSOR_COUNT", "8"),
        ("Accounts:Passwords:MemoryKiB", "19456"), ("Accounts:Passwords:Passes", "2"), ("Accounts:TrustedProxies", "127.0.0.1"),
        ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:RegistrationsPerHour", "1000"),
        ("Accounts:Throttling:SignInsPerMinute", "100000"), ("Accounts:Throttling:OthersPerMinute", "100000"));

    private static long Memory(ServerProcess server)
    {
        using var process = Process.GetProcessById(server.Id);
        return process.WorkingSet64;
    }

    private static async Task<long> PeakAsync(ServerProcess server, Task until)
    {
        var most = 0L;
        while (!until.IsCompleted)
        {
            most = Math.Max(most, Memory(server));
            await Task.WhenAny(until, Task.Delay(50));
        }
        return most;
    }

    /// <summary>How long each of them took, one after the other.</summary>
    private static async Task<List<double>> MeAsync(ApiClient owner, Task until)
    {
        var times = new List<double>();
        do
        {
            var started = Stopwatch.GetTimestamp();
            Assert.Equal(200, (await owner.MeAsync()).Status);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        while (!until.IsCompleted);
        return times;
    }

    private static double Median(List<double> times) => At(times, 0.5);

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));
}
