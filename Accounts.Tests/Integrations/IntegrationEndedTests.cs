using System.Diagnostics;
using System.Text.Json.Nodes;
using Accounts.Tests.EndedSessions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Integrations;

/// <summary>Services that follow what ends: by every integration, and while the feed is away.</summary>
[Trait("Pace", "long")]
public sealed class IntegrationEndedTests(IntegrationFixture shared) : IClassFixture<IntegrationFixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Names => [.. IntegrationService.Names];

    [Theory, MemberData(nameof(Names))]
    public async Task FE_04_A_token_is_refused_within_five_seconds_after_its_user_has_signed_out_and_another_of_theirs_is_not(string name)
    {
        await using var service = await shared.StartAsync(name);
        using var client = shared.Server.Client();
        using var elsewhere = shared.Server.Client();
        var person = await client.SignInSomebodyAsync();
        await elsewhere.SignInAsync(person);
        await AnswersAsync(service, client, 200);
        await UntilAsync(service, "true");
        await client.LogoutAsync();
        await Until.TrueAsync(async () => (await service.GetAsync("/whoami", client.Access)).Status == 401, "the token is refused", Soon);
        Assert.Equal("revoked", (await service.GetAsync("/whoami", client.Access))["reason"]);
        await AnswersAsync(service, elsewhere, 200);
    }

    /// <summary>A process that is started, or started anew, must not take what has just been signed out.</summary>
    [Theory, MemberData(nameof(Names))]
    public async Task FE_04_A_service_that_starts_knows_what_has_ended_before(string name)
    {
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        // More than one answer tells.
        await shared.Server.Database.PlantEndsAsync(1_100);
        await client.LogoutAsync();
        // Until it has its number, which it gets within a second where somebody follows.
        await Until.TrueAsync(async () => await shared.Server.Database.CountAsync("ended_sessions", "number IS NULL") == 0, "it has its number");
        await using var service = await shared.StartAsync(name);
        // A second may be too short on a busy machine, and then it does not say that it knows.
        var (following, first) = (await FollowingAsync(service), await service.GetAsync("/whoami", client.Access));
        Assert.True(first.Status == 401 || following == "false", $"{following}: {first}");
        await UntilAsync(service, "true");
        await AnswersAsync(service, client, 401);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task FE_04_A_service_that_has_lost_the_feed_says_so_goes_by_the_end_of_tokens_and_learns_what_it_has_missed(string name)
    {
        await using var front = await IssuerFront.StartAsync(shared.Server.Address);
        await using var service = await shared.StartAsync(name, new JsonObject { ["server"] = front.Address });
        foreach (var mode in new[] { IssuerFront.Fails, IssuerFront.Babbles, IssuerFront.Forgets })
        {
            using var client = shared.Server.Client();
            await client.SignInSomebodyAsync();
            await AnswersAsync(service, client, 200);
            await UntilAsync(service, "true");
            front.Mode = mode;
            // The request that hangs is answered yet: somebody signs out.
            using var other = shared.Server.Client();
            await other.SignInSomebodyAsync();
            await other.LogoutAsync();
            await UntilAsync(service, "false");
            await client.LogoutAsync();
            await AnswersAsync(service, client, 200);
            front.Mode = IssuerFront.Passes;
            await Until.TrueAsync(async () => (await service.GetAsync("/whoami", client.Access)).Status == 401, $"it has learned what it missed ({mode})", TimeSpan.FromSeconds(30));
            await UntilAsync(service, "true");
        }
    }

    /// <summary>An answer that comes byte by byte, and one that never ends, take neither time nor memory without bound from who reads them.</summary>
    [Theory, InlineData("flask"), InlineData("express"), InlineData("aspnetcore")]
    public async Task FE_04_A_feed_that_drips_or_never_ends_is_lost_like_any_other(string name)
    {
        await using var front = await IssuerFront.StartAsync(shared.Server.Address);
        await using var service = await shared.StartAsync(name, new JsonObject { ["server"] = front.Address });
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        foreach (var mode in new[] { IssuerFront.Drips, IssuerFront.Floods })
        {
            await AnswersAsync(service, client, 200);
            await UntilAsync(service, "true");
            front.Mode = mode;
            await shared.Server.SignOutSomebodyAsync();
            await UntilAsync(service, "false");
            await AnswersAsync(service, client, 200);
            front.Mode = IssuerFront.Passes;
        }
        await client.LogoutAsync();
        await Until.TrueAsync(async () => (await service.GetAsync("/whoami", client.Access)).Status == 401, "it has learned what it missed", TimeSpan.FromSeconds(60));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task FE_04_A_feed_that_hangs_when_a_service_starts_holds_up_its_requests_for_a_second_in_all(string name)
    {
        await using var front = await IssuerFront.StartAsync(shared.Server.Address);
        front.Mode = IssuerFront.Hushes;
        await using var service = await shared.StartAsync(name, new JsonObject { ["server"] = front.Address });
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        await AnswersAsync(service, client, 200);
        var began = Stopwatch.StartNew();
        for (var n = 0; n < 8; n++)
        {
            await AnswersAsync(service, client, 200);
        }
        Assert.InRange(began.Elapsed.TotalSeconds, 0, 4);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task FE_04_Without_a_client_or_where_it_is_switched_off_nobody_is_asked(string name)
    {
        await using var service = await shared.StartAsync(name, new JsonObject { ["follow"] = false });
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        await AnswersAsync(service, client, 200);
        await client.LogoutAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        await AnswersAsync(service, client, 200);
        await UntilAsync(service, "false");
    }

    private static Task UntilAsync(IntegrationService service, string following) =>
        Until.TrueAsync(async () => await FollowingAsync(service) == following, $"it says that following is {following}", TimeSpan.FromSeconds(60));

    private static async Task<string?> FollowingAsync(IntegrationService service) => (await service.GetAsync("/following", null))["following"];

    private static async Task AnswersAsync(IntegrationService service, ApiClient client, int status)
    {
        var answer = await service.GetAsync("/whoami", client.Access);
        Assert.True(answer.Status == status, $"{answer}");
    }
}
