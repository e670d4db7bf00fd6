using System.Diagnostics;
using System.Globalization;
using Accounts.Tests.Admin;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>Guessing passwords, and what becomes of the owner meanwhile. The client's address is what the trusted proxy says.</summary>
public sealed class ThrottleTests(Postgres postgres) : IAsyncLifetime
{
    private static readonly (string, string)[] Limits =
    [
        ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "1000"),
        ("Accounts:Throttling:HashesWaitingPerNetwork", "100"), ("Accounts:TrustedProxies", "127.0.0.1"),
    ];

    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres, Limits);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task RL_01_Of_200_parallel_wrong_passwords_few_reach_the_hasher_and_the_right_one_waits()
    {
        using var client = server.Client();
        using var other = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        var wrong = person with { Password = Some.OtherPassword };
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => other.LoginAsync(wrong)));
        AssertLetThrough(answers, free: 10, watch.Elapsed);
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 401, 429, 503 }));
        await server.Database.HoldBlocksAsync();
        var refused = await other.LoginAsync(person);
        Assert.Equal("throttled", refused["code"]);
        await WaitOutAsync();
        Assert.Equal(200, (await other.LoginAsync(person)).Status);
    }

    /// <summary>Several times: which of an attempt's two counters comes first is by their keys, which are hashes.</summary>
    [Fact]
    public async Task RL_01_An_owner_is_told_of_the_guesses_before_and_the_count_that_all_share_forgets_the_sign_in_alone()
    {
        const int People = 8;
        for (var i = 0; i < People; i++)
        {
            using var client = server.Client();
            var person = await client.RegisterSomebodyAsync();
            Assert.All(await client.GuessAsync(person with { Password = Some.OtherPassword }, 11), answer => Assert.Equal(401, answer.Status));
            await WaitOutAsync();
            Assert.Equal(200, (await client.LoginAsync(person)).Status);
            Assert.Equal(1, await server.Database.CountAsync("security_events", "kind = 'signed_in_after_failures' AND user_id = @user", ("user", await server.Database.IdAsync(person))));
        }
        Assert.Equal(People, await server.Database.CountAsync("throttle_counters", "count = 11"));
        Assert.Equal(0, await server.Database.CountAsync("throttle_counters", "count = 12"));
    }

    [Fact]
    public async Task RL_01_After_ten_failures_the_delay_doubles_from_a_second_to_a_quarter_of_an_hour()
    {
        using var attacker = server.Client();
        var nobody = Some.Person();
        Assert.All(await attacker.GuessAsync(nobody, 10), answer => Assert.Equal(401, answer.Status));
        var delays = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(401, (await attacker.LoginAsync(nobody)).Status);
            delays.Add(await DelayAsync());
            await server.Database.HoldBlocksAsync();
            Assert.Equal(429, (await attacker.LoginAsync(nobody)).Status);
            await WaitOutAsync();
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900], delays);
    }

    [Fact]
    public async Task RL_01_The_answer_to_a_throttled_sign_in_says_when_to_come_again()
    {
        using var attacker = server.Client();
        var nobody = Some.Person();
        await attacker.GuessAsync(nobody, 11);
        await server.Database.HoldBlocksAsync();
        var refused = await attacker.LoginAsync(nobody);
        Assert.Equal(429, refused.Status);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 30, 90);
        Assert.Equal(refused.Header("Retry-After"), refused["retry_after"]);
        Assert.Equal($"Request was throttled. Expected available in {refused["retry_after"]} seconds.", refused["detail"]);
    }

    [Fact]
    public async Task RL_02_The_owners_own_device_still_signs_in_while_the_account_is_attacked()
    {
        using var owner = server.Client();
        using var attacker = server.Client();
        var person = await owner.SignInSomebodyAsync();
        await attacker.GuessAsync(person, 12);
        await server.Database.HoldBlocksAsync();
        Assert.Equal(429, (await attacker.LoginAsync(person)).Status);
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task RL_02_Fifty_networks_that_guess_together_exhaust_one_budget_but_not_the_owners()
    {
        using var owner = server.Client();
        var person = await owner.SignInSomebodyAsync();
        var watch = Stopwatch.StartNew();
        var answers = await GuessFromAsync(Enumerable.Range(0, 50), person, 3);
        AssertLetThrough(answers, free: 100, watch.Elapsed);
        await server.Database.HoldBlocksAsync();
        using var elsewhere = server.Client();
        var refused = await elsewhere.LoginFromAsync("203.0.113.7", person);
        Assert.Equal(429, refused.Status);
        Assert.InRange(int.Parse(refused["retry_after"]!, CultureInfo.InvariantCulture), 1, 15 * 60);
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task RL_02_A_reset_lets_the_owner_in_while_the_account_is_attacked()
    {
        using var owner = server.Client();
        var person = await owner.RegisterSomebodyAsync();
        await owner.GuessAsync(person, 12);
        await GuessFromAsync(Enumerable.Range(0, 50), person, 3);
        await server.Database.HoldBlocksAsync();
        var renewed = person with { Password = "a-new-and-good-one" };
        (await owner.LoginAsync(person)).AssertRefused(429, "throttled");
        (await owner.ResetAsync(await server.Database.PlantResetAsync(person), renewed.Password)).AssertBody(200, PasswordSteps.Done);
        Assert.Equal(200, (await owner.LoginAsync(renewed)).Status);
    }

    [Fact]
    public async Task RL_06_Both_nodes_and_a_restarted_one_count_together()
    {
        var nobody = Some.Person();
        await using var second = await TestServer.StartOnAsync(server.Database.ConnectionString, Limits);
        using var attacker = server.Client();
        await attacker.GuessAsync(nobody, 6);
        attacker.Address = second.Address;
        await attacker.GuessAsync(nobody, 5);
        await server.Database.HoldBlocksAsync();
        Assert.Equal(429, (await attacker.LoginAsync(nobody)).Status);
        await server.DisposeAsync();
        server = await TestServer.StartOnAsync(second.Database.ConnectionString, Limits);
        attacker.Address = server.Address;
        await server.Database.ExecuteAsync("UPDATE throttle_counters SET blocked_until = blocked_until + interval '1 hour'");
        Assert.Equal(429, (await attacker.LoginAsync(nobody)).Status);
    }

    [Fact]
    public async Task RL_06_Spellings_of_one_identifier_share_a_budget()
    {
        using var attacker = server.Client();
        var nobody = Some.Person();
        string[] spellings = [nobody.Email, nobody.Email.ToUpperInvariant(), $"  {nobody.Email} ", nobody.Email.Replace("example", "ExamPle", StringComparison.Ordinal)];
        for (var i = 0; i < 11; i++)
        {
            Assert.Equal(401, (await attacker.LoginAsync(nobody with { Email = spellings[i % 4] })).Status);
        }
        await server.Database.HoldBlocksAsync();
        foreach (var spelling in spellings)
        {
            Assert.Equal(429, (await attacker.LoginAsync(nobody with { Email = spelling })).Status);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task XA_05_Address_and_username_of_one_account_share_a_budget_and_those_of_nobody_do_not(bool addressFirst)
    {
        using var owner = server.Client();
        using var attacker = server.Client();
        var (person, nobody) = (await owner.SignInSomebodyAsync(), Some.Person());
        foreach (var (guessed, afterwards) in new[] { (person, 429), (nobody, 401) })
        {
            var byUsername = guessed with { Email = guessed.Username };
            var (first, second) = addressFirst ? (guessed, byUsername) : (byUsername, guessed);
            Assert.Equal(Enumerable.Repeat(401, 11), (await attacker.GuessAsync(first, 11)).Select(answer => answer.Status));
            await server.Database.HoldBlocksAsync();
            Assert.Equal(429, (await attacker.LoginAsync(first)).Status);
            Assert.Equal(afterwards, (await attacker.LoginAsync(second with { Password = Some.OtherPassword })).Status);
        }
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task RL_06_Neither_ones_own_success_nor_the_owners_elsewhere_gives_an_attack_a_new_budget()
    {
        using var attacker = server.Client();
        using var owner = server.Client();
        var (own, victim) = (Some.Person(), Some.Person());
        await attacker.RegisterAsync(own);
        await owner.RegisterAsync(victim);
        await GuessFromAsync(Enumerable.Range(0, 12), victim, 9);
        await server.Database.ExecuteAsync("UPDATE throttle_counters SET blocked_until = NULL");
        var before = await CountedAsync();
        Assert.Equal(200, (await attacker.LoginFromAsync("10.0.0.1", own)).Status);
        Assert.Equal(200, (await owner.LoginFromAsync("203.0.113.7", victim)).Status);
        Assert.Equal(before, await CountedAsync());
    }

    /// <summary>One more than are free, and one for each delay of 1, 2, 4 … s that has passed meanwhile: n of them take 2^n - 1 s.</summary>
    private static void AssertLetThrough(Answer[] answers, int free, TimeSpan elapsed) =>
        Assert.InRange(answers.Count(answer => answer.Status == 401), free + 1, free + 1 + (int)Math.Log2(1 + elapsed.TotalSeconds));

    private Task<int> WaitOutAsync() => server.Database.ExecuteAsync("UPDATE throttle_counters SET blocked_until = blocked_until - interval '1 hour'");

    private Task<double> DelayAsync() => server.Database.ScalarAsync<double>(
        "SELECT max(round(extract(epoch FROM blocked_until - (expires_at - interval '1 day'))))::float8 FROM throttle_counters");

    private Task<long> CountedAsync() => server.Database.ScalarAsync<long>("SELECT sum(count) FROM throttle_counters");

    private async Task<Answer[]> GuessFromAsync(IEnumerable<int> networks, Person person, int times)
    {
        var wrong = person with { Password = Some.OtherPassword };
        using var attacker = server.Client();
        var answers = new List<Answer>();
        foreach (var wave in Enumerable.Repeat(networks, times).SelectMany(all => all).Chunk(10))
        {
            answers.AddRange(await Task.WhenAll(wave.Select(network => attacker.LoginFromAsync($"10.0.{network}.1", wrong))));
        }
        return [.. answers];
    }
}
