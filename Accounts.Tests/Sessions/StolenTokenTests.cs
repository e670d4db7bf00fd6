using System.Globalization;
using Accounts.Core.Sessions;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>What becomes of who has copied a refresh token, and what doesn't: the table of <c>docs/threat-model.md</c>.</summary>
[Trait("Pace", "long")]
public sealed class StolenTokenTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private static readonly Thief[] Thieves =
    [
        new("more than the leeway before and after each refresh of the owner", (model, tick) => tick >= model.Leeway && model.Period - tick >= model.Leeway, 2),
        new("within the leeway after each", (model, tick) => tick < model.Leeway, 2),
        new("at any time but within the leeway before one", (model, tick) => model.Period - tick >= model.Leeway, 2),
        new("the same, and the owner loses answers, never two in a row", (model, tick) => model.Period - tick >= model.Leeway, 3, AnswersAreLost: true),
        new("within the leeway before each", (model, tick) => model.Period - tick < model.Leeway, TheftModel.Horizon),
    ];

    private static readonly (int Leeway, int Period)[] Ticks = [(2, 6), (3, 9), (4, 12)];

    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, thief = null!;
    private Person person = null!;
    private SessionRow session = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, thief) = (server.Client(), server.Client("Mozilla/5.0 (X11; rv:141.0) Gecko/20100101 Firefox/141.0"));
        person = await owner.SignInSomebodyAsync();
        await owner.RefreshAsync();
        session = server.Session(owner.RefreshCookie!);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string> Comings => [.. Thieves.Select(thief => thief.Comes)];

    [Theory, MemberData(nameof(Comings))]
    public void SE_05_Whatever_a_thief_does_he_has_access_tokens_for_no_longer_than_the_table_says(string comes)
    {
        var known = Thieves.Single(thief => thief.Comes == comes);
        Assert.All(Ticks, ticks => Assert.Equal(known.Most, new TheftModel(ticks.Leeway, ticks.Period, known).Most()));
        var row = $"| {comes} | {(known.Most == TheftModel.Horizon ? "without end" : known.Most.ToString(CultureInfo.InvariantCulture))} |";
        TestContext.Current.TestOutputHelper!.WriteLine(row);
        Assert.Contains($"\n{row}\n", Repository.Read("docs/threat-model.md"), StringComparison.Ordinal);
    }

    /// <summary>Else the model would be of another rule.</summary>
    [Fact]
    public async Task SE_05_The_server_judges_as_the_rule_of_the_model_does()
    {
        for (var seed = 0; seed < Rounds.Count; seed++)
        {
            var token = (await owner.SignInAsync(person)).RefreshCookie!;
            await CompareAsync(new Random(seed), server.Session(token), token);
        }
    }

    private async Task CompareAsync(Random random, SessionRow row, string token)
    {
        var (rule, age) = (RefreshRule.New, 0);
        for (var verdict = Verdict.Itself; verdict != Verdict.Reuse && rule.Current < 8;)
        {
            var wait = random.Next(3) switch { 0 => 0, 1 => 8, _ => 40 };
            var presented = Math.Max(0, rule.Current - random.Next(random.Next(4) == 0 ? 4 : 2));
            (verdict, age) = (rule.Judge(presented, age + wait < HonestBrowser.Leeway.TotalSeconds), age + wait);
            await row.AgeAsync(TimeSpan.FromSeconds(wait));
            var answer = await thief.RefreshAsync(OfGeneration(token, presented));
            if (verdict == Verdict.Reuse)
            {
                answer.AssertRefreshRefused("reused");
                Assert.Equal("reused", await row.EndAsync());
                return;
            }
            (rule, age) = verdict == Verdict.Next ? (rule.After(presented), 0) : (rule, age);
            long? given = verdict == Verdict.Next ? rule.Current : null;
            Assert.Equal((200, given), (answer.Status, answer.RefreshCookie is { } next ? TokenText.GenerationOf(next) : null));
            Assert.Equal((rule.Current, rule.Parent, rule.FirstChild), (await row.GenerationAsync(), await row.ReadAsync<long>("parent_generation"), await row.ReadAsync<long>("first_child")));
        }
    }

    private string OfGeneration(string token, long generation)
    {
        var codec = server.Services.GetRequiredService<RefreshTokenCodec>();
        return codec.Write(codec.Read(token) with { Generation = generation });
    }

    [Fact]
    public async Task SG_15_A_thief_who_comes_just_before_each_refresh_of_the_owner_is_shown_by_events_alone()
    {
        var copied = owner.RefreshCookie!;
        await session.SetAsync("user_agent = 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36', ip = '198.51.100.7'");
        for (var period = 0; period < 5; period++)
        {
            await session.AgeAsync(TimeSpan.FromMinutes(10));
            Assert.Equal(200, (await thief.RefreshAsync(copied)).Status);
            var answer = await owner.RefreshAsync(copied);
            Assert.Equal((200, null), (answer.Status, answer.RefreshCookie));
        }
        Assert.Equal("alive", await session.EndAsync());
        Assert.Equal((4, 1, 4), (await session.EventsAsync("refresh_token_reissued"), await session.EventsAsync("refresh_answers_lost"), await session.EventsAsync("refresh_token_reissued_elsewhere")));
        Assert.InRange(await server.Database.CountAsync("outbox_messages", "template = 'refreshed_elsewhere' AND recipient = @to", ("to", person.Email)), 1, 4);
    }

    [Fact]
    public async Task SG_15_A_thief_who_comes_once_has_one_access_token_and_what_he_was_given_ends_the_session_when_it_comes_again()
    {
        await session.AgeAsync(TimeSpan.FromMinutes(5));
        var given = await thief.RefreshAsync(owner.RefreshCookie);
        Assert.Equal(200, (await thief.MeAsync(given.Access)).Status);
        for (var period = 0; period < 2; period++)
        {
            await session.AgeAsync(TimeSpan.FromMinutes(5));
            Assert.Equal(200, (await owner.RefreshAsync()).Status);
        }
        Assert.Equal(("alive", 1), (await session.EndAsync(), await session.EventsAsync("refresh_token_reissued")));
        (await thief.RefreshAsync(given.RefreshCookie)).AssertRefreshRefused("reused");
        Assert.Equal("reused", await session.EndAsync());
    }

    /// <summary>What is not promised, so that the page that says so is true.</summary>
    [Fact]
    public async Task A_thief_who_comes_once_within_the_leeway_after_the_owner_has_one_access_token_and_leaves_no_event()
    {
        var copied = owner.RefreshCookie!;
        await session.AgeAsync(TimeSpan.FromMinutes(10));
        Assert.NotNull((await owner.RefreshAsync()).RefreshCookie);
        var given = await thief.RefreshAsync(copied);
        Assert.Equal((200, null), (given.Status, given.RefreshCookie));
        await session.AgeAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(200, (await owner.RefreshAsync()).Status);
        Assert.Equal(("alive", 0), (await session.EndAsync(), await session.EventsAsync("refresh_token_reissued")));
    }
}
