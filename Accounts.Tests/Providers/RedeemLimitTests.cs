using System.Diagnostics;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>What is asked of a provider ends with the request that it is asked for, and before that request's answer.</summary>
[Trait("Pace", "long")]
public sealed class RedeemLimitTests(Postgres postgres) : IAsyncLifetime
{
    private ProviderDouble provider = null!;
    private TestServer server = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await ProviderDouble.StartAsync();
        server = await TestServer.StartAsync(postgres, provider.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    /// <summary>Hangs, and tells when the caller has hung up.</summary>
    private static RequestDelegate Hang(TaskCompletionSource begun, TaskCompletionSource ended) => async context =>
    {
        context.RequestAborted.Register(() => ended.TrySetResult());
        begun.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    };

    [Fact]
    public async Task SO_11_At_the_limit_no_call_to_the_provider_goes_on()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var client = server.Client();
        var identity = Identity.OfLinkedIn();
        var slow = new TaskCompletionSource();
        provider.Faults["/userinfo"] = Hang(begun, ended);
        provider.Faults["/token"] = async context =>
        {
            await slow.Task;
            await new RawAnswer("""{"access_token":"of-nobody","token_type":"Bearer"}""", "application/json").ExecuteAsync(context);
        };
        var watch = Stopwatch.StartNew();
        var answer = client.SignInAsync(provider, identity);
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        slow.SetResult();
        (await answer).AssertRefused(503, "unavailable");
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(11));
        // Its own connection's limit would end it five seconds later.
        await begun.Task;
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task SO_11_Whose_browser_has_gone_makes_no_provider_work()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        provider.Faults["/token"] = Hang(begun, ended);
        using var gone = new CancellationTokenSource();
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["code"] = "x", ["code_verifier"] = SocialSteps.Verifier });
        var answer = http.PostAsync(new Uri(server.Address, "/api/auth/social/google/"), form, gone.Token);
        await begun.Task.WaitAsync(Patience.Of(TimeSpan.FromSeconds(10)), TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
    }
}
