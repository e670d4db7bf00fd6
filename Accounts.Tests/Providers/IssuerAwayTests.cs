using System.Diagnostics;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>An issuer that hangs or fails costs its own button, and nobody else's time.</summary>
public sealed class IssuerAwayTests(Postgres postgres) : IAsyncLifetime
{
    private const string List = "/api/auth/social/";

    /// <summary>Who waited for the issuer would wait for twice as long (<c>ProviderHttp</c>).</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4.5);

    private ProviderDouble provider = null!;

    public async ValueTask InitializeAsync() => provider = await ProviderDouble.StartAsync();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    private static Task Hang(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    private static Task Fail(HttpContext context) => new RawAnswer("{}", "application/json", 500).ExecuteAsync(context);

    [Fact]
    public async Task A_hanging_issuer_makes_no_list_wait_and_is_asked_once()
    {
        provider.Faults[ProviderDouble.Discovery] = Hang;
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        using var client = server.Client();
        Assert.Equal(200, (await client.GetAsync("/healthz")).Status);
        var lists = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TimedAsync(client)));
        Assert.All(lists, list => Assert.InRange(list.Took, TimeSpan.Zero, Soon));
        Assert.All(lists, list => Assert.True(list.Answer.Text.Contains("google", StringComparison.Ordinal) && !list.Answer.Text.Contains("oidc", StringComparison.Ordinal)));
        Assert.Equal(1, provider.Requests[ProviderDouble.Discovery]);
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfGoogle())).Status);
    }

    private static async Task<(Answer Answer, TimeSpan Took)> TimedAsync(ApiClient client)
    {
        var watch = Stopwatch.StartNew();
        return (await client.GetAsync(List), watch.Elapsed);
    }

    [Fact]
    public async Task Who_waits_for_the_first_document_waits_for_one_fetch_together()
    {
        var answer = new TaskCompletionSource();
        provider.Faults[ProviderDouble.Discovery] = async context =>
        {
            await answer.Task;
            await new RawAnswer(provider.DiscoveryDocument.ToJsonString(), "application/json").ExecuteAsync(context);
        };
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        using var client = server.Client();
        var waiting = Enumerable.Range(0, 8).Select(_ => client.PostAsync($"{List}oidc/begin/")).ToArray();
        await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        answer.SetResult();
        Assert.All(await Task.WhenAll(waiting), one => Assert.Equal(200, one.Status));
        Assert.Equal(1, provider.Requests[ProviderDouble.Discovery]);
    }

    [Fact]
    public async Task A_failure_is_remembered_and_an_issuer_that_answers_has_its_button_from_the_start()
    {
        provider.Faults[ProviderDouble.Discovery] = Fail;
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        using var client = server.Client();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await client.PostAsync($"{List}oidc/begin/")).AssertRefused(503, "unavailable");
            Assert.DoesNotContain("oidc", (await client.GetAsync(List)).Text, StringComparison.Ordinal);
        }
        Assert.Equal(1, provider.Requests[ProviderDouble.Discovery]);
        provider.Faults.Clear();
        await using var next = await TestServer.StartAsync(postgres, provider.Settings);
        using var other = next.Client();
        await Until.TrueAsync(() => Task.FromResult(provider.Requests[ProviderDouble.Discovery] == 2), "it is asked before anybody wants it");
        await Until.TrueAsync(async () => (await other.GetAsync(List)).Text.Contains("oidc", StringComparison.Ordinal), "it has its button");
    }

    [Fact]
    public async Task Who_presses_the_button_of_an_issuer_that_is_away_goes_back_to_the_page_and_a_script_is_told()
    {
        provider.Faults[ProviderDouble.Discovery] = Fail;
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        using var client = server.Client();
        var login = $"{List}oidc/login/?next={Uri.EscapeDataString($"{client.Address}page?a=1#b")}";
        var answer = await client.SendAsync(HttpMethod.Get, login, null, ("Sec-Fetch-Mode", "navigate"));
        Assert.Equal((302, $"{client.Address}page?a=1&error=unavailable#b"), (answer.Status, answer.Header("Location")));
        Assert.Empty(answer.SetCookies);
        (await client.GetAsync(login)).AssertRefused(503, "unavailable");
    }

    [Fact]
    public async Task Keys_that_hang_for_one_unknown_key_keep_nobody_waiting_whose_key_is_known()
    {
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        using var client = server.Client();
        using var other = server.Client();
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfGoogle())).Status);
        provider.Faults["/keys"] = Hang;
        var forged = Identity.OfGoogle();
        forged.IdToken = (claims, sign) => $"{ProviderSigningKey.Encode("""{"alg":"RS256","kid":"unknown"}""")}.{sign(claims).Split('.', 2)[1]}";
        var waiting = client.SignInAsync(provider, forged);
        await Until.TrueAsync(() => Task.FromResult(provider.Requests["/keys"] == 2), "the keys are asked for again");
        Assert.Equal(200, (await other.SignInAsync(provider, Identity.OfGoogle())).Status);
        Assert.False(waiting.IsCompleted);
        provider.Faults.Clear();
    }
}
