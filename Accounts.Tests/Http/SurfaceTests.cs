using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>What a stranger learns of the server itself: next to nothing.</summary>
public sealed class SurfaceTests(SurfaceTests.Configured shared, Postgres postgres) : IClassFixture<SurfaceTests.Configured>, IDisposable
{
    private readonly ApiClient client = shared.Server.Client();

    public sealed class Configured(Postgres postgres) : SharedServer(postgres, ("environment", "Production"));

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("/"), InlineData("/healthz"), InlineData("/readyz"), InlineData("/api/auth/me/"), InlineData("/nowhere"), InlineData("/.well-known/jwks.json"), InlineData("/api/auth/login/")]
    public async Task CF_05_No_answer_names_the_server_or_its_version(string path)
    {
        var answer = await client.GetAsync(path);
        Assert.DoesNotContain(answer.Headers, header => header.Key is "Server" or "X-Powered-By" or "X-AspNet-Version" or "X-AspNetMvc-Version");
        Assert.DoesNotMatch(@"(?i)kestrel|asp\.net|npgsql|\b10\.0\.\d", answer.Text);
    }

    [Theory]
    [InlineData("/healthz"), InlineData("/readyz")]
    public async Task CF_05_Health_is_one_word(string path)
    {
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "it has warmed up");
        Assert.Equal("Healthy", (await client.GetAsync(path)).Text);
    }

    [Theory]
    [InlineData("/metrics"), InlineData("/dev/mailbox"), InlineData("/dev/mailbox.json"), InlineData("/swagger"), InlineData("/.env"), InlineData("/appsettings.json"), InlineData("/.git/config")]
    public async Task CF_05_What_is_not_for_the_public_is_not_there(string path) => Assert.Equal(404, (await client.GetAsync(path)).Status);

    [Fact]
    public async Task CF_05_The_documentation_can_be_switched_off()
    {
        await using var silent = await TestServer.StartAsync(postgres, ("Accounts:Docs:Enabled", "false"));
        using var stranger = silent.Client();
        foreach (var path in new[] { "/docs", "/openapi/v1.json" })
        {
            Assert.Equal((200, 404), ((await client.GetAsync(path)).Status, (await stranger.GetAsync(path)).Status));
        }
    }
}
