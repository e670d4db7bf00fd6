using System.Net.Http.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>A server with one person signed in, who shows tokens at both doors that read them: <c>me</c> and <c>token/verify</c>.</summary>
public sealed class Doorkeeper : IAsyncDisposable
{
    private readonly bool ownsServer;

    private Doorkeeper(TestServer server, ApiClient client, Person person, bool ownsServer)
    {
        (Server, Client, Person, this.ownsServer) = (server, client, person, ownsServer);
        Forge = Forge.For(server, client.Access!);
    }

    public TestServer Server { get; }

    public ApiClient Client { get; }

    public Person Person { get; }

    public Forge Forge { get; }

    /// <summary>With a server of its own.</summary>
    public static async Task<Doorkeeper> StartAsync(Postgres postgres, params (string Key, string Value)[] settings) =>
        await AtAsync(await TestServer.StartAsync(postgres, settings), ownsServer: true);

    /// <summary>At a server that others use, too.</summary>
    public static Task<Doorkeeper> AtAsync(SharedServer shared) => AtAsync(shared.Server, ownsServer: false);

    private static async Task<Doorkeeper> AtAsync(TestServer server, bool ownsServer)
    {
        var client = server.Client();
        return new Doorkeeper(server, client, await client.SignInSomebodyAsync(), ownsServer);
    }

    public async Task AcceptsAsync(string what, string token)
    {
        var (me, verify) = await ShowAsync(token);
        Assert.True(me.Status == 200 && me["username"] == Person.Username, $"{what}: me answered {me}");
        Assert.True(verify.Status == 200, $"{what}: verify answered {verify}");
    }

    /// <summary>Both doors say 401 for that reason, and the session is none the worse for it.</summary>
    public async Task RefusesAsync(string what, string token, string reason = "invalid")
    {
        var (me, verify) = await ShowAsync(token);
        foreach (var answer in new[] { me, verify })
        {
            Assert.True(answer.Status == 401, $"{what}: {answer}");
            Assert.Equal((what, "token_not_valid", reason), (what, answer["code"], answer["reason"]));
        }
        Assert.Equal("Bearer realm=\"api\"", me.Header("WWW-Authenticate"));
        Assert.Equal(1, await Server.Database.CountAsync(
            "sessions", "ended_at IS NULL AND user_id = @user", ("user", TokenText.UserOf(Client.RefreshCookie!))));
    }

    /// <summary>All of them, and a good token is still good after that.</summary>
    public async Task RefusesAllAsync(IEnumerable<(string What, string Token)> tokens, string reason = "invalid")
    {
        foreach (var (what, token) in tokens)
        {
            await RefusesAsync(what, token, reason);
        }
        await AcceptsAsync("the good token", Client.Access!);
    }

    private async Task<(Answer Me, Answer Verify)> ShowAsync(string token)
    {
        using var stranger = Server.Client();
        return (await stranger.MeAsync(token), await stranger.SendAsync(HttpMethod.Post, "/api/auth/token/verify/", JsonContent.Create(new { token })));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (ownsServer)
        {
            await Server.DisposeAsync();
        }
    }
}
