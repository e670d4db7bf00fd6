using Accounts.Core.History;
using Accounts.Core.Tokens;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Accounts.Tests.History;

/// <summary>Whoever writes to the database may compute every link anew. What was signed, and what the log has of it, shows that.</summary>
public sealed class SignedHistoryTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private long first, second;
    private string kept = "";

    public async ValueTask InitializeAsync()
    {
        if (await server.EndAsync() == 0)
        {
            await server.BegunAsync();
            await server.MakeHistoryAsync();
            await server.SignAsync(TimeSpan.FromMinutes(50));
            await server.MakeHistoryAsync();
            await server.SignAsync(TimeSpan.FromMinutes(40));
            await server.MakeHistoryAsync();
        }
        var heads = await server.Database.ScalarAsync<long[]>("SELECT array_agg(number ORDER BY number) FROM event_heads");
        (first, second) = (heads[1], heads[2]);
        kept = await server.Database.ScalarAsync<string>("SELECT jws FROM event_heads WHERE number = @second", ("second", second));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task HI_02_A_head_that_was_kept_elsewhere_is_in_the_history()
    {
        var said = await server.CommandAsync("events", "verify", "--head", kept);
        Assert.Equal((0, ""), (said.ExitCode, said.Errors));
        Assert.StartsWith($"It has in it what it had when {second} was signed, at ", said.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HI_02_A_history_that_was_written_anew_is_not_the_one_that_was_signed() => await server.WithChangeAsync($"UPDATE security_events SET kind = 'user_changed' WHERE number = {first + 1}", async () =>
    {
        await server.RewriteAsync(first + 1);
        Assert.Equal([$"rewritten {second}"], await server.WrongAsync());
    });

    /// <summary>With the heads that tell gone, those that are left do not follow each other; without any, a server begins again, and says so.</summary>
    [Fact]
    public async Task HI_02_Heads_that_were_taken_away_with_what_they_told_are_missed() => await server.WithChangeAsync($"UPDATE security_events SET kind = 'user_changed' WHERE number = {first}", async () =>
    {
        await server.RewriteAsync(first);
        await server.Database.ExecuteAsync("DELETE FROM event_heads WHERE number = @first", ("first", first));
        Assert.Equal([$"head_missing {first}", $"rewritten {second}"], await server.WrongAsync());
        await server.Database.ExecuteAsync("DELETE FROM event_heads WHERE number < @second", ("second", second));
        Assert.Equal([$"head_missing {second}", $"changed {second + 1}"], await server.WrongAsync());
    });

    [Fact]
    public async Task HI_02_Where_every_head_is_gone_the_one_in_the_log_shows_what_was_written_anew() => await server.WithChangeAsync($"UPDATE security_events SET kind = 'user_changed' WHERE number = {first}", async () =>
    {
        await server.RewriteAsync(first);
        await server.Database.ExecuteAsync("DELETE FROM event_heads");
        Assert.Empty(await server.WrongAsync());
        Assert.Equal([$"rewritten {second}"], await server.WrongAsync("--head", kept));
    });

    [Fact]
    public async Task HI_02_A_tail_that_was_cut_off_together_with_the_end_is_named_by_the_newest_head() => await server.WithChangeAsync(
        $"DELETE FROM security_events WHERE number > {second - 2}; UPDATE event_chain SET number = {second - 2}, link = (SELECT link FROM security_events WHERE number = {second - 2})",
        async () => Assert.Equal([$"cut {second - 1}-{second}"], await server.WrongAsync()));

    [Fact]
    public async Task HI_02_A_tail_that_was_cut_off_together_with_its_heads_is_named_by_the_head_in_the_log() => await server.WithChangeAsync(
        $"DELETE FROM event_heads WHERE number > {first}; DELETE FROM security_events WHERE number > {second - 2}; UPDATE event_chain SET number = {second - 2}, link = (SELECT link FROM security_events WHERE number = {second - 2})",
        async () =>
        {
            Assert.Empty(await server.WrongAsync());
            Assert.Equal([$"cut {second - 1}-{second}"], await server.WrongAsync("--head", kept));
        });

    /// <summary>By a key of the forger's, whose public half they have put beside ours.</summary>
    [Fact]
    public async Task HI_02_A_head_that_somebody_else_has_signed_is_named()
    {
        using var forger = SigningKey.Create();
        var forged = new ChainHead(second, await server.LinkAsync(second), DateTimeOffset.UtcNow, first).Sign(forger, "http://localhost:8000");
        var seal = await server.Database.ScalarAsync<byte[]>("SELECT seal FROM public_signing_keys LIMIT 1");
        await server.WithChangeAsync("SELECT 1", async () =>
        {
            await server.Database.ExecuteAsync("INSERT INTO public_signing_keys (id, point, seal) VALUES (@id, @point, @seal)", ("id", forger.Id), ("point", forger.PublicHalf()), ("seal", seal));
            await server.Database.ExecuteAsync("UPDATE event_heads SET jws = @forged WHERE number = @second", ("forged", forged), ("second", second));
            Assert.Equal([$"head_forged {second}"], await server.WrongAsync());
            Assert.Equal([$"head_forged {second}", "head_forged 0"], await server.WrongAsync("--head", forged));
        });
    }

    /// <summary>One of ours that stands for another number, and the text of one with another number in it.</summary>
    [Fact]
    public async Task HI_02_A_head_for_another_number_is_named() => await server.IsWrongAfterAsync(
        $"UPDATE event_heads SET jws = (SELECT jws FROM event_heads WHERE number = {first}) WHERE number = {second}", $"head_forged {second}");

    [Theory]
    [InlineData("x"), InlineData("a.b.c")]
    public async Task HI_02_What_is_no_head_is_told(string text) => Assert.Equal(["head_forged 0"], await server.WrongAsync($"--head={text}"));

    /// <summary>Nothing is signed over it: the server goes by the newest that is one.</summary>
    [Fact]
    public async Task HI_02_A_forged_head_for_far_ahead_does_not_stop_the_server_from_signing() => await server.WithChangeAsync("INSERT INTO event_heads (number, at, jws) VALUES (1000000, now(), 'x')", async () =>
    {
        await server.PlantHeadAsync(second, await server.LinkAsync(second), TimeSpan.FromHours(2), first);
        await server.Services.GetRequiredService<HeadSigning>().SignAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await server.Database.CountAsync("event_heads", $"number = {await server.EndAsync()}"));
        Assert.Equal(["head_forged 1000000"], await server.WrongAsync());
    });

    [Fact]
    public async Task HI_02_A_head_is_no_access_token_and_an_access_token_no_head()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(401, (await client.GetAsync("/api/auth/me/", ("Authorization", $"Bearer {kept}"))).Status);
        Assert.Contains("head_forged 0", await server.WrongAsync("--head", client.Access!));
    }

    [Fact]
    public async Task HI_02_Of_nodes_that_sign_at_the_same_moment_one_does_and_none_before_the_hour_is_over() => await server.WithChangeAsync("SELECT 1", async () =>
    {
        var signing = server.Services.GetRequiredService<HeadSigning>();
        Assert.Null(await signing.SignAsync(TestContext.Current.CancellationToken));
        await server.PlantHeadAsync(second, await server.LinkAsync(second), TimeSpan.FromHours(2), first);
        var signed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => signing.SignAsync(TestContext.Current.CancellationToken)));
        Assert.InRange(signed.OfType<string>().Count(), 0, 1);
        Assert.Equal(4, await server.Database.CountAsync("event_heads"));
        Assert.Empty(await server.WrongAsync());
    });

    /// <summary>Of two nodes that have signed neither: one looks while it is missing, the other when there is a new one over what was written anew.</summary>
    [Fact]
    public async Task HI_02_A_head_that_is_taken_away_while_nodes_run_is_told_by_each_whoever_had_signed_it() => await server.WithChangeAsync("SELECT 1", async () =>
    {
        var (one, other) = (new Node(server), new Node(server));
        await one.LookAsync();
        await other.LookAsync();
        Assert.Equal((0, 0), (one.Alarms, other.Alarms));
        await server.Database.ExecuteAsync($"DELETE FROM event_heads WHERE number = {second}; UPDATE security_events SET kind = 'user_changed' WHERE number = {second}");
        await server.RewriteAsync(second);
        Assert.Empty(await server.WrongAsync());
        await one.LookAsync();
        await server.PlantHeadAsync(await server.EndAsync(), await server.LinkAsync(await server.EndAsync()), TimeSpan.FromMinutes(1), first);
        await other.LookAsync();
        await other.LookAsync();
        Assert.Equal((1, 1), (one.Alarms, other.Alarms));
    });

    private sealed class Node : ILogger<HeadSigning>
    {
        private readonly HeadSigning signing;

        public Node(TestServer server) => signing = ActivatorUtilities.CreateInstance<HeadSigning>(server.Services, this);

        public int Alarms { get; private set; }

        public Task LookAsync() => signing.SignAsync(TestContext.Current.CancellationToken);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Alarms += logLevel == LogLevel.Critical ? 1 : 0;
    }

    [Fact]
    public async Task HI_04_A_head_that_is_older_than_what_is_kept_cannot_be_compared_and_that_is_said()
    {
        await server.WithChangeAsync("DELETE FROM event_heads", async () =>
        {
            await server.PlantHeadAsync(first, await server.LinkAsync(first), HeadSigning.KeptFor + TimeSpan.FromDays(1), after: 0);
            await server.PlantHeadAsync(second, await server.LinkAsync(second), TimeSpan.FromHours(2), after: first);
            await server.SweepAsync();
            Assert.Empty(await server.WrongAsync("--head", kept));
            var old = server.Services.GetRequiredService<HeadKeys>().Sign(new ChainHead(first - 1, await server.LinkAsync(1), DateTimeOffset.UtcNow, 0));
            Assert.Equal([$"head_too_old {first - 1}"], await server.WrongAsync("--head", old));
        });
    }
}
