using Accounts.Api;
using Accounts.Core.Failures;
using Accounts.Development;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Secrets;

[Trait("Pace", "long")]
public sealed class SecretKeyChangeTests(Postgres postgres) : IAsyncLifetime
{
    private const string NextKey = "the key that comes next and is long enough as well";

    private TestServer old = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        old = await TestServer.StartAsync(postgres);
        client = old.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await old.DisposeAsync();
    }

    [Fact]
    public async Task A_token_under_a_previous_key_is_accepted_and_followed_by_one_under_the_current()
    {
        await client.SignInSomebodyAsync();
        var parent = client.RefreshCookie!;
        await using var server = await StartWithNextKeyAsync();
        client.Address = server.Address;
        var successor = (await client.RefreshAsync()).RefreshCookie!;
        Assert.NotEqual(TokenText.KeyIdOf(parent), TokenText.KeyIdOf(successor));
        Assert.Equal(200, (await client.RefreshAsync(parent)).Status);
        Assert.Equal(200, (await client.RefreshAsync(successor)).Status);
        await server.Session(parent).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task A_key_that_was_taken_away_stops_the_start_and_of_a_private_database_the_sentence_names_the_folder_to_delete()
    {
        var settings = TestSettings.For(old.Database.ConnectionString, TestSettings.FreePort(), "none", [("Accounts:SecretKey", NextKey)]);
        var builder = Program.CreateBuilder([.. settings.Select(pair => $"--{pair.Key}={pair.Value}")]);
        Program.AddServer(builder);
        builder.AddDevelopment();
        await using var server = Program.Build(builder, folder: "/some/where/.data");
        var refused = await Assert.ThrowsAsync<StartupException>(() => server.PrepareAsync());
        Assert.EndsWith("or set Accounts__SecretKey to it. Or begin anew: delete /some/where/.data.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_under_the_next_key_is_refused_by_a_node_that_does_not_list_it_yet_and_the_cookie_stays()
    {
        await using var server = await StartWithNextKeyAsync();
        client.Address = server.Address;
        await client.SignInSomebodyAsync();
        client.Address = old.Address;
        (await client.RefreshAsync()).AssertRefreshRefused("invalid");
        client.Address = server.Address;
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task A_node_that_lists_the_next_key_as_a_previous_one_accepts_its_tokens()
    {
        await using var server = await StartWithNextKeyAsync();
        client.Address = server.Address;
        await client.SignInSomebodyAsync();
        await using var prepared = await TestServer.StartOnAsync(old.Database.ConnectionString, ("Accounts:PreviousSecretKeys", NextKey));
        client.Address = prepared.Address;
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        await prepared.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
    }

    private Task<TestServer> StartWithNextKeyAsync() => TestServer.StartOnAsync(
        old.Database.ConnectionString, ("Accounts:SecretKey", NextKey), ("Accounts:PreviousSecretKeys", TestSettings.SecretKey));
}
