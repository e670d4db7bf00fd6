using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>What a provider sends the browser back with in place of a code.</summary>
public sealed class CallbackErrorTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Theory]
    [InlineData("error=access_denied", "access_denied")]
    [InlineData("error=access_denied&error_reason=user_denied&error_code=200", "access_denied")]
    [InlineData("error=user_cancelled_login", "access_denied")]
    [InlineData("error=user_cancelled_authorize", "access_denied")]
    [InlineData("error=temporarily_unavailable", "unavailable")]
    [InlineData("error=server_error", "unavailable")]
    [InlineData("error=invalid_scope", "provider_error")]
    [InlineData("error=unauthorized_client", "provider_error")]
    [InlineData("error=interaction_required", "provider_error")]
    [InlineData("error=ACCESS_DENIED", "provider_error")]
    [InlineData("error=%3Cscript%3E&error_description=%3Cscript%3E", "provider_error")]
    [InlineData("error=access_denied&error=invalid_scope", "provider_error")]
    [InlineData("error=", "provider_error")]
    [InlineData("nothing=at-all", "provider_error")]
    public async Task SO_12_Only_access_denied_is_the_persons_refusal(string said, string told)
    {
        using var client = server.Client();
        var address = await client.LeaveAsync(provider, Identity.OfGoogle(), $"{server.Address}a?b=c#d");
        var answer = await client.GetAsync($"{address.Split('?')[0]}?{said}&state={address.Split("state=")[1]}");
        Assert.Equal((303, $"{server.Address}a?b=c&error={told}#d", ""), (answer.Status, answer.Header("Location"), answer.Text));
        Assert.Null(client.RefreshCookie);
    }

    [Fact]
    public async Task SO_12_The_operator_finds_the_providers_words_in_the_log_on_one_line_and_cut()
    {
        await using var logging = await ServerProcess.StartAsync(await shared.CreateDatabaseAsync(), provider.Settings);
        using var client = logging.Client();
        foreach (var said in new[] { "invalid_scope&error_description=scope%20x%20is%0Aunknown%E2%80%AE" + new string('y', 300), "access_denied&error_description=of-the-person" })
        {
            var address = await client.LeaveAsync(provider, Identity.OfGoogle());
            Assert.Equal(303, (await client.GetAsync($"{address.Split('?')[0]}?error={said}&state={address.Split("state=")[1]}")).Status);
        }
        await Until.TrueAsync(() => Task.FromResult(logging.Output.Contains("invalid_scope", StringComparison.Ordinal)), "the refusal is logged");
        Assert.Contains("google sent the browser back without a code: invalid_scope (scope x is\uFFFDunknown\uFFFDyyy", logging.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('y', 200), logging.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("of-the-person", logging.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SO_12_A_token_endpoint_that_knows_no_such_client_is_the_operators_affair_and_logged()
    {
        await using var logging = await ServerProcess.StartAsync(await shared.CreateDatabaseAsync(), [.. provider.Settings, ("Accounts:Social:Google:ClientSecret", "an old one")]);
        using var client = logging.Client();
        (await client.SignInAsync(provider, Identity.OfGoogle())).AssertRefused(400, "code_exchange_failed");
        await Until.TrueAsync(() => Task.FromResult(logging.Output.Contains("invalid_client (client authentication\uFFFDfailed)", StringComparison.Ordinal)), "the refusal is logged");
    }

    [Theory]
    [InlineData("server_error"), InlineData("temporarily_unavailable")]
    public async Task A_token_endpoint_that_is_out_of_order_is_away_in_every_flow(string error)
    {
        await using var own = await ProviderDouble.StartAsync();
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString, own.Settings);
        using var client = other.Client();
        own.Faults["/token"] = new RawAnswer($$"""{"error":"{{error}}"}""", "application/json", 400).ExecuteAsync;
        (await client.SignInAsync(own, Identity.OfGoogle())).AssertRefused(503, "unavailable");
        Assert.Equal($"{other.Address}?error=unavailable", (await client.GetAsync(await client.LeaveAsync(own, Identity.OfGoogle()))).Header("Location"));
    }
}
