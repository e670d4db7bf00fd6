using System.Diagnostics;
using System.Globalization;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>500 sign-ins at once from 250 networks, at the real cost of a password hash.</summary>
[Trait("Pace", "long")]
[Collection(typeof(Alone))]
public sealed class HashingFloodTests(HashingFloodTests.Flooded shared) : IClassFixture<HashingFloodTests.Flooded>, IAsyncLifetime
{
    private const long MostMemoryGained = 300L * 1024 * 1024;

    private readonly ServerProcess server = shared.Server;
    private readonly ApiClient owner = shared.Server.Client();
    private Person person = null!;

    /// <summary>One process for all floods, and what it held before the first.</summary>
    public sealed class Flooded(Postgres postgres) : IAsyncLifetime
    {
        public ServerProcess Server { get; private set; } = null!;

        public long MemoryBefore { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Server = await ServerProcess.StartAsync(
                await postgres.CreateDatabaseAsync(), ("Accounts:Passwords:MemoryKiB", "19456"), ("Accounts:Passwords:Passes", "2"), ("Accounts:TrustedProxies", "127.0.0.1"),
                ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:HashQueueLength", "32"), ("Accounts:Throttling:RefreshesPerMinute", "100000"), ("Accounts:Throttling:RegistrationsPerHour", "1000"),
                ("Accounts:Throttling:SignInsPerMinute", "100000"), ("Accounts:Throttling:OthersPerMinute", "100000"));
            using var client = Server.Client();
            await client.SignInSomebodyAsync();
            MemoryBefore = Memory();
        }

        public long Memory()
        {
            using var process = Process.GetProcessById(Server.Id);
            return process.WorkingSet64;
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    public async ValueTask InitializeAsync() => person = await owner.SignInSomebodyAsync();

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RL_05_A_flood_of_sign_ins_leaves_me_and_refresh_answering_and_lets_the_owner_in()
    {
        var session = await NewSessionAsync();
        var flood = FloodAsync();
        var (signedIn, others) = (owner.LoginAsync(person), AnswersUntilAsync(flood, session));
        Assert.Equal(200, (await signedIn).Status);
        Assert.All(await others, answer => Assert.True(answer.Status == 200, answer.ToString()));
        AssertRefusedOrTried(await flood);
        Assert.InRange(shared.Memory() - shared.MemoryBefore, long.MinValue, MostMemoryGained);
        Assert.False(server.HasExited);
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
    }

    [Fact]
    public void RL_05_Hashing_gets_what_the_processor_has_left()
    {
        const string schedIdle = "5";
        var hashing = Directory.GetDirectories($"/proc/{server.Id}/task")
            .Where(thread => File.ReadAllText($"{thread}/comm").StartsWith("hashing-", StringComparison.Ordinal)).ToArray();
        // One more is there for what takes much memory.
        Assert.Equal(Environment.ProcessorCount + 1, hashing.Length);
        // The 41st field (proc(5)); the second is the name, in parentheses.
        Assert.All(hashing, thread => Assert.Equal(schedIdle, File.ReadAllText($"{thread}/stat").Split(") ")[1].Split(' ')[38]));
    }

    [Fact]
    public async Task RL_02_A_flood_of_sign_ins_keeps_no_reset_from_getting_through()
    {
        using var unknown = server.Client();
        var resets = ResetsAsync(unknown, 5);
        AssertRefusedOrTried(await FloodUntilAsync(resets));
        await resets;
        Assert.Equal(200, (await unknown.LoginAsync(person with { Password = "password-of-reset-4" })).Status);
    }

    [Fact]
    public async Task RL_01_A_sign_in_that_is_refused_for_want_of_room_counts_nothing()
    {
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        var tried = (await FloodAsync()).Count(answer => answer.Status == 401);
        Assert.Equal(2 * tried, await server.Database.CountAsync("throttle_counters", "count = 1 AND blocked_until IS NULL"));
        Assert.Equal(2 * tried, await server.Database.CountAsync("throttle_counters", "count > 0"));
    }

    [Fact]
    public async Task XA_01_Confirms_of_ones_own_reset_delay_a_known_device_no_longer_than_wrong_sign_ins_do()
    {
        using var attacker = server.Client();
        var own = await attacker.RegisterSomebodyAsync();
        await AlikeTimes.AssertAtMostAsync(2, times: 5, attack: AttackAsync, control: () => BesideAsync(i => attacker.LoginFromAsync(From(i), Some.Person())));

        async Task<TimeSpan> AttackAsync()
        {
            var token = await server.Database.PlantResetAsync(own);
            return await BesideAsync(i => attacker.ResetFromAsync(From(i), token, $"password-of-attempt-{i}"));
        }
    }

    /// <summary>Seven addresses of one network.</summary>
    private static string From(int number) => $"10.9.9.{number % 7}";

    /// <summary>How long the owner's sign-in takes beside 130 of them.</summary>
    private async Task<TimeSpan> BesideAsync(Func<int, Task<Answer>> request)
    {
        var flood = Task.WhenAll(Enumerable.Range(0, 130).Select(request));
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
        var took = Stopwatch.GetElapsedTime(started);
        await flood;
        return took;
    }

    /// <summary>Nobody's, each with an identifier of its own.</summary>
    private async Task<Answer[]> FloodAsync()
    {
        using var attacker = server.Client();
        return await Task.WhenAll(Enumerable.Range(0, 500).Select(i => attacker.LoginFromAsync($"10.1.{i % 250}.7", Some.Person())));
    }

    private async Task<Answer[]> FloodUntilAsync(Task done)
    {
        var answers = new List<Answer>();
        do
        {
            answers.AddRange(await FloodAsync());
        }
        while (!done.IsCompleted);
        return [.. answers];
    }

    private async Task ResetsAsync(ApiClient client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var token = await server.Database.PlantResetAsync(person);
            (await client.ResetAsync(token, $"password-of-reset-{i}")).AssertBody(200, PasswordSteps.Done);
        }
    }

    private static void AssertRefusedOrTried(Answer[] flood)
    {
        Assert.Contains(flood, answer => answer.Status == 401);
        var refused = flood.Where(answer => answer.Status != 401).ToArray();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Equal((503, "unavailable"), (answer.Status, answer["code"])));
        Assert.All(refused, answer => Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60));
    }

    /// <summary>On another device, for the owner's own sign-in replaces the session that its browser had.</summary>
    private async Task<Answer> NewSessionAsync()
    {
        using var another = server.Client();
        return await another.LoginAsync(person);
    }

    /// <summary>What the owner's front end on that device gets all the while.</summary>
    private async Task<List<Answer>> AnswersUntilAsync(Task flood, Answer session)
    {
        using var tab = server.Client();
        (tab.Access, tab.RefreshCookie) = (session.Access, session.RefreshCookie);
        var answers = new List<Answer>();
        do
        {
            answers.Add(await tab.MeAsync());
            answers.Add(await tab.RefreshAsync());
            answers.Add(await tab.GetAsync("/.well-known/jwks.json"));
        }
        while (!flood.IsCompleted);
        return answers;
    }
}
