using System.Diagnostics;

namespace Faults;

/// <summary>What crowds and thieves do at once, under the same load, over both nodes; what is not as promised goes into the journal.</summary>
internal static class Attacks
{
    private const int LeewaySeconds = 5;
    private static readonly TimeSpan PastLeeway = TimeSpan.FromSeconds(LeewaySeconds + 1);
    private static readonly Setting Short = new() { Server = [("Accounts__Sessions__ReuseLeeway", $"00:00:0{LeewaySeconds}")], Relay = (0.02, 0) };
    private static readonly Setting WithoutLeeway = new() { Server = [("Accounts__Sessions__ReuseLeeway", "00:00:00")], Relay = (0, 0) };

    public static IEnumerable<Scenario> All =>
    [
        new("tabs", "(1) 50 tabs refresh one cookie at once, 20 times", Short, TabsAsync),
        new("stolen", "(2) a token comes back after its successor was used, 10 times", Short, StolenAsync),
        new("lost-answers", "(4) the answer of a refresh is lost, and asked for again at once and after the leeway, 10 times", Short, LostAnswersAsync),
        new("endings", "(5) refreshes beside a sign-out and beside a new password, 200 rounds", Short, EndingsAsync),
        new("rotations", "(6) ten rotations in a row, older tokens replayed, both nodes restarted between", WithoutLeeway, RotationsAsync),
        new("sign-ups", "(12) 50 registrations of one address in three spellings and one name, 20 times", Short, SignUpsAsync),
        new("crowd", "(15) passwords of 1 and 10 MB, then 500 sign-ins at once", Short, CrowdAsync),
    ];

    private static async Task TabsAsync(Stage stage)
    {
        var newest = new List<(Visitor Owner, string Token)>();
        for (var round = 0; round < 20; round++)
        {
            var owner = await Visitor.SignUpAsync(stage);
            var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => owner.RefreshAsync(owner.Token)));
            stage.Expect(replies.All(reply => reply.Status == 200), "a tab is refused");
            var successors = replies.Select(reply => reply.Refresh).OfType<string>().ToArray();
            stage.Expect(successors.Length == 1 && await owner.GenerationAsync() == 1, "tabs at once are more than one step");
            stage.Expect((await owner.RefreshAsync(successors[0])).Status == 200, "the successor is refused within the leeway");
            newest.Add((owner, successors[0]));
        }
        await Task.Delay(TimeSpan.FromMinutes(1));
        foreach (var (owner, token) in newest)
        {
            stage.Expect((await owner.RefreshAsync(token)).Status == 200, "a session of many tabs is over a minute later");
        }
    }

    private static async Task StolenAsync(Stage stage) => await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
    {
        var owner = await Visitor.SignUpAsync(stage);
        var elsewhere = (await owner.LoginAsync()).Refresh!;
        var mails = stage.Mailboxes.CountOf(owner.Email);
        var second = (await owner.RefreshAsync(owner.Token)).Refresh!;
        await Task.Delay(PastLeeway);
        var third = await owner.RefreshAsync(second);
        await Task.Delay(PastLeeway);
        stage.Expect((await owner.RefreshAsync(owner.Token)) is { Status: 401 } reply && reply["reason"] == "reused", "a replay is not taken for one");
        stage.Expect((await owner.RefreshAsync(third.Refresh!)).Status == 401, "the newest token outlives a replay");
        stage.Expect((await owner.MeAsync(third["access"])).Status == 401, "an access token outlives a replay");
        stage.Expect((await owner.RefreshAsync(elsewhere)).Status == 200, "another session ends with the one that was stolen");
        stage.Expect(await stage.EventuallyAsync(() => stage.Mailboxes.CountOf(owner.Email) > mails), "nobody is told of a theft");
    }));

    private static async Task LostAnswersAsync(Stage stage)
    {
        using var lossy = stage.NewService(lost: 1);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            var owner = await Visitor.SignUpAsync(stage);
            stage.Expect((await owner.RefreshAsync(owner.Token, lossy)).Came == Came.Nothing, "the relay has lost nothing");
            await Task.Delay(TimeSpan.FromSeconds(2));
            stage.Expect(await owner.RefreshAsync(owner.Token) is { Status: 200, Refresh: null }, "who lost an answer is not answered within the leeway");
            await Task.Delay(PastLeeway);
            var again = await owner.RefreshAsync(owner.Token);
            stage.Expect(again is { Status: 200, Refresh: not null }, "who lost an answer gets no successor after the leeway");
            await Task.Delay(PastLeeway);
            stage.Expect((await owner.RefreshAsync(again.Refresh!)).Status == 200, "the successor that took the place of a lost one is refused");
        }));
    }

    private static async Task EndingsAsync(Stage stage) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (round, _) =>
        {
            var owner = await Visitor.SignUpAsync(stage);
            var refresh = owner.RefreshAsync(owner.Token);
            var ending = round % 2 == 0 ? owner.LogoutAsync() : owner.ChangePasswordAsync();
            stage.Expect((await ending).Status == 200, "what ends a session is refused beside a refresh");
            foreach (var token in new[] { owner.Token, (await refresh).Refresh }.OfType<string>())
            {
                stage.Expect((await owner.RefreshAsync(token)).Status == 401, "a refresh token outlives the end of its session");
            }
            stage.Expect((await refresh)["access"] is not { } access || (await owner.MeAsync(access)).Status == 401, "an access token outlives the end of its session");
        });

    private static async Task RotationsAsync(Stage stage)
    {
        var chains = new List<(Visitor Owner, List<string> Tokens)>();
        for (var chain = 0; chain < 10; chain++)
        {
            var owner = await Visitor.SignUpAsync(stage);
            var tokens = new List<string> { owner.Token };
            for (var step = 0; step < 10; step++)
            {
                tokens.Add((await owner.RefreshAsync(tokens[^1])).Refresh!);
            }
            chains.Add((owner, tokens));
        }
        foreach (var (owner, tokens) in chains[..5])
        {
            await ReplayAsync(stage, owner, tokens);
        }
        foreach (var node in stage.Nodes)
        {
            await node.StopAsync();
            await node.StartAsync();
        }
        foreach (var (owner, tokens) in chains)
        {
            await ReplayAsync(stage, owner, tokens);
        }
    }

    /// <summary>All but the newest and its parent, the oldest last.</summary>
    private static async Task ReplayAsync(Stage stage, Visitor owner, List<string> tokens)
    {
        foreach (var token in tokens[..^2].AsEnumerable().Reverse())
        {
            stage.Expect((await owner.RefreshAsync(token)).Status == 401, "an older token is good");
        }
        stage.Expect((await owner.RefreshAsync(tokens[^1])).Status == 401, "the newest token outlives replays");
    }

    private static async Task SignUpsAsync(Stage stage)
    {
        for (var round = 0; round < 20; round++)
        {
            var name = Visitor.NewName();
            string[] spellings = [$"{name}@example.com", $"{name}@EXAMPLE.com", $"{name.ToUpperInvariant()}@Example.com"];
            var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(n =>
                stage.Service.AskAsync(HttpMethod.Post, "register/", new { username = name, email = spellings[n % 3], password = Visitor.Password })));
            stage.Expect(replies.Count(reply => reply.Status == 201) == 1 && replies.All(reply => reply.Status is 201 or 400), "of many sign-ups for one address not exactly one is made, and the rest told so");
            stage.Expect(await stage.EventuallyAsync(() => spellings.Sum(stage.Mailboxes.CountOf) == 1), "of many sign-ups for one address not exactly one mail leaves");
            stage.Expect(await stage.Primary.ScalarAsync($"SELECT count(*) FROM users WHERE username = '{name}'") is 1L, "of many sign-ups for one address not exactly one row is there");
        }
    }

    private static async Task CrowdAsync(Stage stage)
    {
        var owner = await Visitor.SignUpAsync(stage);
        foreach (var size in new[] { 1_000_000, 10_000_000 })
        {
            var password = new string('x', size);
            foreach (var (path, body) in new (string, object)[]
            {
                ("login/", new { email = owner.Email, password }),
                ("register/", new { username = Visitor.NewName(), email = owner.Email, password }),
                ("password/reset/confirm/", new { token = "x", new_password = password }),
                ("password/change/", new { old_password = Visitor.Password, new_password = password }),
            })
            {
                // Who is refused in the middle of ten megabytes may see nothing but a closed connection.
                var reply = await stage.Service.AskAsync(HttpMethod.Post, path, body, owner.Access);
                stage.Expect(reply is { Status: 413 } or { Came: Came.Nothing }, $"a password of {size} bytes is not cut off at {path}: {reply.Status}");
            }
        }
        var before = stage.Nodes.Sum(node => node.ResidentMegabytes);
        var crowd = Task.WhenAll(Enumerable.Range(0, 500).Select(_ => stage.Service.AskAsync(HttpMethod.Post, "login/", new { email = owner.Email, password = "six purple otters" })));
        var times = new List<TimeSpan>();
        while (!crowd.IsCompleted)
        {
            var asked = Stopwatch.GetTimestamp();
            stage.Expect((await owner.MeAsync(owner.Access)).Status == 200, "me is refused beside a crowd");
            times.Add(Stopwatch.GetElapsedTime(asked));
        }
        times.Sort();
        stage.Expect((await crowd).All(reply => reply.Status is 401 or 429 or 503), "one of a crowd is answered otherwise than by 401, 429 or 503");
        // All 500 are read in the first moment, on the two cores that asking and answering share.
        stage.Expect(times[times.Count / 2] < TimeSpan.FromSeconds(0.1) && times[^1] < TimeSpan.FromSeconds(5), $"me beside a crowd: half of {times.Count} took more than {times[times.Count / 2].TotalSeconds:0.00} s, one {times[^1].TotalSeconds:0.0} s");
        var grown = stage.Nodes.Sum(node => node.ResidentMegabytes) - before;
        stage.Expect(grown < 150, $"a crowd costs {grown} MB that stay");
    }
}
