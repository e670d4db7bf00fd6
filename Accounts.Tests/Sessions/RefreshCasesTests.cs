using System.Text.Json;
using Accounts.Core.Sessions;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>The rule of <c>docs/sessions.md</c>, case by case, and by browsers whose answers are late or lost. Rows are aged instead of waiting.</summary>
public sealed class RefreshCasesTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private static readonly JsonElement Cases = Read();

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await client.SignInSomebodyAsync();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string> Names => [.. Cases.EnumerateArray().Select(one => one.GetProperty("case").GetString()!)];

    private static JsonElement Read()
    {
        using var stream = typeof(RefreshCasesTests).Assembly.GetManifestResourceStream("refresh-cases.json")!;
        return JsonDocument.Parse(stream).RootElement.GetProperty("cases");
    }

    [Theory, MemberData(nameof(Names))]
    public async Task SE_05_Each_case_of_the_rule_ends_as_it_says(string name)
    {
        var token = client.RefreshCookie!;
        var row = server.Session(token);
        foreach (var step in Cases.EnumerateArray().Single(one => one.GetProperty("case").GetString() == name).GetProperty("steps").EnumerateArray())
        {
            if (step.TryGetProperty("lose", out var left))
            {
                await row.SetAsync("generation = @g, parent_generation = @p, first_child = @c", ("g", At(left, 0)), ("p", At(left, 1)), ("c", At(left, 2)));
                continue;
            }
            await row.AgeAsync(TimeSpan.FromSeconds(step.GetProperty("wait").GetDouble()));
            var answer = await client.RefreshAsync(OfGeneration(token, step.GetProperty("present").GetInt64()));
            AssertExpected(step.GetProperty("expect").GetString()!, answer);
            await AssertRowAsync(row, step.GetProperty("row"));
        }
    }

    private string OfGeneration(string token, long generation)
    {
        var codec = server.Services.GetRequiredService<RefreshTokenCodec>();
        return codec.Write(codec.Read(token) with { Generation = generation });
    }

    private static long At(JsonElement row, int column) => row[column].GetInt64();

    private static void AssertExpected(string expected, Answer answer)
    {
        if (expected is "reuse" or "revoked")
        {
            answer.AssertRefreshRefused(expected == "reuse" ? "reused" : expected);
            return;
        }
        long? generation = expected.Split(':') is [_, var number] ? long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : null;
        Assert.Equal((200, generation), (answer.Status, answer.RefreshCookie is { } next ? TokenText.GenerationOf(next) : null));
        Assert.NotEmpty(answer.Access);
    }

    private static async Task AssertRowAsync(SessionRow row, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Equal("reused", await row.EndAsync());
            return;
        }
        await row.AssertAsync(At(expected, 0), "alive");
        Assert.Equal(At(expected, 1), await row.ReadAsync<long>("parent_generation"));
        Assert.Equal(At(expected, 2), await row.ReadAsync<long>("first_child"));
    }

    [Fact]
    public async Task SE_05_No_browser_whose_answers_are_late_or_lost_is_ever_signed_out()
    {
        for (var seed = 0; seed < Rounds.Count * 3; seed++)
        {
            var first = (await client.SignInAsync(person)).RefreshCookie!;
            var row = server.Session(first);
            var refused = await new HonestBrowser(new Random(seed), async (generation, since) =>
            {
                await row.AgeAsync(since);
                var answer = await client.RefreshAsync(OfGeneration(first, generation));
                return new Refreshed(answer.Status == 200, answer.RefreshCookie is { } next ? TokenText.GenerationOf(next) : null);
            }).RefusedAfterAsync();
            Assert.True(refused is null, $"seed {seed}: {refused}");
        }
    }

    /// <summary>Else the test above could not fail.</summary>
    [Fact]
    public async Task The_same_browsers_find_the_fault_of_the_rule_that_was_in_force_before()
    {
        var refused = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var former = new FormerRule();
            refused += await new HonestBrowser(new Random(seed), (generation, since) => Task.FromResult(former.Refresh(generation, since))).RefusedAfterAsync() is null ? 0 : 1;
        }
        Assert.InRange(refused, 50, 100);
    }

    /// <summary>The parent is good for the leeway alone, and is answered with the successor.</summary>
    private sealed class FormerRule
    {
        private long current;
        private TimeSpan sinceRotation;

        public Refreshed Refresh(long generation, TimeSpan since)
        {
            sinceRotation += since;
            var isWithinLeeway = current > 0 && sinceRotation < HonestBrowser.Leeway;
            if (generation == current && !isWithinLeeway)
            {
                sinceRotation = TimeSpan.Zero;
                return new Refreshed(true, ++current);
            }
            return generation == current || (generation == current - 1 && isWithinLeeway) ? new Refreshed(true, current) : new Refreshed(false, null);
        }
    }
}
