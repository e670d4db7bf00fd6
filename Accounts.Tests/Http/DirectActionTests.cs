using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>What is called without MVC's invoker is answered as everything else is.</summary>
public sealed class DirectActionTests(Postgres postgres)
{
    [Fact]
    public async Task Me_and_a_refresh_are_JSON_with_a_length_refuse_what_JSON_cannot_satisfy_and_know_their_methods()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        foreach (var answer in new[] { await client.MeAsync(), await client.RefreshAsync() })
        {
            Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
            Assert.Equal(answer.Text.Length, int.Parse(answer.Header("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture));
        }
        var bearer = ("Authorization", $"Bearer {client.Access}");
        Assert.Equal(200, (await client.GetAsync("/api/auth/me/", bearer, ("Accept", "text/html,*/*;q=0.1"))).Status);
        Assert.Equal(406, (await client.GetAsync("/api/auth/me/", bearer, ("Accept", "application/xml"))).Status);
        Assert.Equal(406, (await client.PostAsync("/api/auth/token/refresh/", null, ("Accept", "application/xml"))).Status);
        Assert.Equal(405, (await client.PostAsync("/api/auth/me/", null, bearer)).Status);
        // The refusal came before anything was done.
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }
}
