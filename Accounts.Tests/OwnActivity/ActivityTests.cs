using System.Text.Json;
using Accounts.Core.Audit;
using Accounts.Core.OwnActivity;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.OwnActivity;

/// <summary>What happened to an account, as its user sees it.</summary>
public sealed class ActivityTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Path = "/api/auth/me/events/";

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client("curl/8.16.0");
        person = await client.SignInSomebodyAsync();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<SecurityEventKind> Kinds() => [.. Enum.GetValues<SecurityEventKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_that_is_stored_has_its_words(SecurityEventKind kind)
    {
        var word = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind}");
        var words = ActivityWords.Of(word, 1).ToString();
        Assert.NotEqual(word.Replace('_', ' '), words);
        Assert.Equal(char.ToUpperInvariant(words[0]), words[0]);
    }

    [Fact]
    public async Task A_user_sees_their_own_events_newest_first_with_words_and_the_device()
    {
        using var stranger = server.Client();
        await stranger.SignInSomebodyAsync();
        var answer = await client.GetAsync(Path);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(["count", "next", "previous", "results"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("2", "null", "null"), (answer["count"], answer["next"], answer["previous"]));
        Assert.Equal(["kind", "text", "at", "ip", "device", "times"], answer.Json.GetProperty("results")[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(["signed_in|Signed in|127.0.0.1|curl", "registered|The account was registered|127.0.0.1|curl"], Rows(answer));
    }

    [Fact]
    public async Task Answers_that_were_lost_are_among_them()
    {
        var token = client.RefreshCookie!;
        for (var lost = 0; lost <= 3; lost++)
        {
            await client.RefreshAsync(token);
            await server.Session(token).AgeAsync(TimeSpan.FromSeconds(31));
        }
        var kinds = Kinds(await client.GetAsync(Path));
        Assert.Equal(3, kinds.Count(kind => kind == "refresh_token_reissued"));
        Assert.Contains("refresh_answers_lost", kinds);
    }

    [Fact]
    public async Task Pages_follow_each_other_as_Django_REST_framework_has_them()
    {
        await PlantAsync(43, "signed_out");
        var (origin, seen) = ($"{server.Address}".TrimEnd('/'), new List<string>());
        var page = await client.GetAsync($"{Path}?page_size=15");
        Assert.Equal(("45", $"{origin}{Path}?page=2&page_size=15", "null"), (page["count"], page["next"], page["previous"]));
        seen.AddRange(Kinds(page));
        page = await client.GetAsync(page["next"]![origin.Length..]);
        Assert.Equal(($"{origin}{Path}?page=3&page_size=15", $"{origin}{Path}?page_size=15"), (page["next"], page["previous"]));
        seen.AddRange(Kinds(page));
        page = await client.GetAsync(page["next"]![origin.Length..]);
        Assert.Equal(("null", $"{origin}{Path}?page=2&page_size=15"), (page["next"], page["previous"]));
        seen.AddRange(Kinds(page));
        Assert.Equal([.. Enumerable.Repeat("signed_out", 43), "signed_in", "registered"], seen);
    }

    [Theory]
    [InlineData("", 20), InlineData("page_size=3", 3), InlineData("page_size=100", 100), InlineData("page_size=1000000", 100), InlineData("page_size=0", 20)]
    [InlineData("page_size=-1", 20), InlineData("page_size=many", 20), InlineData("page_size=99999999999999999999", 20), InlineData("page=6", 20), InlineData("page=8", 0), InlineData("page=2147483647", 0)]
    [InlineData("page=0", 0), InlineData("page=-1", 0), InlineData("page=x", 0), InlineData("page=", 20)]
    public async Task A_page_has_20_events_or_up_to_100_and_there_is_none_behind_the_last(string query, int count)
    {
        await PlantAsync(118, "signed_out");
        var answer = await client.GetAsync($"{Path}?{query}");
        if (count == 0)
        {
            answer.AssertRefused(404, "not_found");
        }
        else
        {
            Assert.Equal(count, answer.Json.GetProperty("results").GetArrayLength());
        }
    }

    [Fact]
    public async Task What_happened_often_in_a_minute_says_so_and_another_versions_kind_is_shown_as_it_is()
    {
        await PlantAsync(1, "sign_in_failed", count: 3);
        await PlantAsync(1, "moon_landed");
        Assert.Equal(
            ["moon_landed|moon landed|::1|Unknown device", "sign_in_failed|A sign-in failed: wrong password (3 times)|::1|Unknown device"], Rows(await client.GetAsync(Path)).Take(2));
    }

    [Fact]
    public async Task Without_an_access_token_nothing_is_told() => Assert.Equal("not_authenticated", (await client.GetAsync(Path, ("Authorization", "")))["code"]);

    private Task PlantAsync(int events, string kind, int count = 1) => server.Database.ExecuteAsync("""
        INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, count)
        SELECT gen_random_uuid(), @kind, id, clock_timestamp(), '::1', '', @count FROM users, generate_series(1, @events) WHERE email = @email
        """, ("kind", kind), ("count", count), ("events", events), ("email", person.Email));

    private static IEnumerable<string> Kinds(Answer answer) => answer.Json.GetProperty("results").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()!);

    private static IEnumerable<string> Rows(Answer answer) => answer.Json.GetProperty("results").EnumerateArray()
        .Select(entry => string.Join('|', new[] { "kind", "text", "ip", "device" }.Select(member => entry.GetProperty(member).GetString())));
}
