using Accounts.Api.EndedSessions;
using Accounts.Core.EndedSessions;
using Accounts.Core.Failures;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Sessions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EndedSessions;

/// <summary>Who reads the feed of ended sessions, and that nothing in it is passed over.</summary>
public sealed class FeedTests(ProgramServer shared) : IClassFixture<ProgramServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient service = shared.Server.Client(), user = shared.Server.Client();

    public async ValueTask InitializeAsync() => await user.SignInSomebodyAsync();

    public ValueTask DisposeAsync()
    {
        service.Dispose();
        user.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task FE_01_Whom_no_setting_lists_reads_nothing_whatever_they_show()
    {
        string?[] shown =
        [
            null, $"Bearer {user.Access}", "Basic", "Basic !!!", ProgramTokenSteps.Basic("orders", "wrong"), ProgramTokenSteps.Basic("ORDERS", ProgramServer.Orders),
            ProgramTokenSteps.Basic("Billing", ProgramServer.Billing), ProgramTokenSteps.Basic("nobody", ProgramServer.Orders), ProgramTokenSteps.Basic("", ""),
        ];
        user.Access = null;
        foreach (var header in shown)
        {
            var answer = await user.GetAsync($"{FeedSteps.Feed}?after=kept", header is null ? [] : [("Authorization", header)]);
            Assert.True((answer.Status, answer["code"]) == (401, "invalid_client"), $"{header}: {answer}");
            Assert.DoesNotContain("ended", answer.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>Of an origin that may read everything else.</summary>
    [Fact]
    public async Task FE_01_No_page_reads_it_and_no_cache_keeps_it()
    {
        (string, string) origin = ("Origin", "http://localhost:3000");
        Assert.NotNull((await user.GetAsync("/api/auth/me/", origin)).Header("Access-Control-Allow-Origin"));
        var answer = await service.GetAsync(FeedSteps.Feed, FeedSteps.Orders, origin);
        Assert.True((answer.Status, answer.Header("Access-Control-Allow-Origin"), answer.Header("Cache-Control")) == (200, null, "no-store"), $"{answer}");
        var preflight = await service.SendAsync(
            HttpMethod.Options, FeedSteps.Feed, null, origin, ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization"));
        Assert.Null(preflight.Header("Access-Control-Allow-Origin"));
        Assert.Null(preflight.Header("Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task Without_a_place_it_begins_now_and_by_kept_with_all_that_still_counts()
    {
        await service.FollowAsync("kept", await server.SignOutSomebodyAsync());
        var (told, _) = await service.FollowAsync(await service.CursorAsync(), await server.SignOutSomebodyAsync());
        Assert.Single(told);
    }

    [Fact]
    public async Task Who_waits_is_answered_as_soon_as_somebody_signs_out_and_else_when_the_time_is_over()
    {
        var cursor = await service.CursorAsync();
        var quiet = await service.AskFeedAsync(cursor, wait: 1);
        Assert.Empty(quiet.Ended());
        var waiting = service.AskFeedAsync(quiet["cursor"], wait: 30);
        var session = await server.SignOutSomebodyAsync();
        Assert.Single((await waiting.WaitAsync(TimeSpan.FromSeconds(15))).Ended(), entry => entry.Is(session));
        (await service.GetAsync($"{FeedSteps.Feed}?wait=soon", FeedSteps.Orders)).AssertBody(400, """{"wait":["A valid integer is required."]}""");
    }

    /// <summary>It is written first and committed last.</summary>
    [Fact]
    public async Task FE_03_What_is_committed_late_is_told_to_who_has_read_on_meanwhile()
    {
        await using var slow = await HeldTransaction.BeginAsync(server.Database);
        var cursor = await service.CursorAsync();
        await slow.ExecuteAsync("UPDATE sessions SET ended_at = clock_timestamp(), end_reason = 'logout' WHERE id = @id", ("id", user.Id()));
        (var told, cursor) = await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
        Assert.DoesNotContain(told, entry => entry.Is(user.Id()));
        await slow.CommitAsync();
        var (late, _) = await service.FollowAsync(cursor, user.Id());
        Assert.True(late[0].GetProperty("until").GetDateTimeOffset() >= told[0].GetProperty("until").GetDateTimeOffset());
    }

    [Fact]
    public async Task FE_02_What_is_rolled_back_is_not_told()
    {
        var cursor = await service.CursorAsync();
        await using (var undone = await HeldTransaction.BeginAsync(server.Database))
        {
            await undone.ExecuteAsync("UPDATE sessions SET ended_at = clock_timestamp(), end_reason = 'logout' WHERE id = @id", ("id", user.Id()));
        }
        var (told, _) = await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
        Assert.Single(told);
    }

    /// <summary>More than fit in an answer, and more than a process remembers: of who comes late, too.</summary>
    [Fact]
    public async Task FE_03_Of_10000_ends_at_once_a_slow_follower_misses_none()
    {
        var cursor = await service.CursorAsync();
        await server.Database.PlantEndsAsync(10_000);
        var last = await server.SignOutSomebodyAsync();
        await service.FollowAsync(await service.CursorAsync(), await server.SignOutSomebodyAsync());
        var told = new HashSet<string>();
        for (var isMore = true; isMore;)
        {
            var answer = await service.AskFeedAsync(cursor);
            Assert.InRange(answer.Ended().Length, 0, 1_000);
            isMore = answer.Ended().Length > 0;
            told.UnionWith(answer.Ended().Select(entry => entry.GetProperty("sid").GetString()!));
            cursor = answer["cursor"]!;
        }
        Assert.True(told.Count >= 10_002 && told.Contains($"{last}"), $"{told.Count}");
    }

    [Fact]
    public async Task FE_03_A_place_of_another_feed_of_long_ago_or_of_nobodys_making_is_gone()
    {
        // A feed in which nothing has ended yet begins at zero, and an hour behind that is long ago.
        await service.FollowAsync(await service.CursorAsync(), await server.SignOutSomebodyAsync());
        FeedCursor.TryRead(await service.CursorAsync(), out var here);
        var now = DateTimeOffset.UtcNow;
        string[] gone =
        [
            (here! with { Origin = Guid.NewGuid() }).Write(), (here with { IssuedAt = now.AddMinutes(-12) }).Write(), (here with { Number = here.Number + 3_600_000_000L }).Write(),
            (here with { Number = long.MaxValue }).Write(), (here with { Number = -1 }).Write(), "0", "x", here.Write()[..^1], $"{here.Write()}A", new string('A', 43), new string('_', 43), new string('a', 5000),
        ];
        foreach (var cursor in gone)
        {
            (await service.AskFeedAsync(cursor, wait: 5)).AssertRefused(410, "gone");
        }
        Assert.Equal(200, (await service.AskFeedAsync((here with { IssuedAt = now.AddMinutes(-10) }).Write())).Status);
    }

    [Fact]
    public void FE_05_No_more_than_500_requests_of_one_client_hang_and_another_client_has_its_own()
    {
        var limit = new FollowerLimit();
        var places = Enumerable.Range(0, FollowerLimit.Most).Select(_ => limit.Enter("orders")).ToArray();
        Assert.Throws<ThrottledException>(() => limit.Enter("orders"));
        limit.Enter("billing").Dispose();
        places[0].Dispose();
        limit.Enter("orders").Dispose();
    }

    [Fact]
    public async Task What_no_token_lives_of_any_more_is_swept()
    {
        var cursor = await service.CursorAsync();
        await server.Database.PlantEndsAsync(2);
        await service.FollowAsync(cursor, await server.SignOutSomebodyAsync());
        await server.Database.ExecuteAsync("UPDATE ended_sessions SET number = number - 720 * 1000000::bigint");
        await server.Database.PlantEndsAsync(1);
        await server.SweepAsync();
        Assert.Equal(1, await server.Database.CountAsync("ended_sessions"));
    }
}
