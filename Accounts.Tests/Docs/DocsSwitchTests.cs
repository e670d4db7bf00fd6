using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Docs;

public sealed class DocsSwitchTests(Postgres postgres)
{
    [Fact]
    public async Task They_are_a_page_of_a_strict_policy()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var page = await client.GetAsync("/docs");
        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        Assert.DoesNotContain("unsafe", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/docs.css")]
    [InlineData("/docs/docs.js")]
    [InlineData("/openapi/v1.json")]
    public async Task Switched_off_nothing_of_them_is_there(string path)
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Docs:Enabled", "false"));
        using var client = server.Client();
        var answer = await client.GetAsync(path);
        Assert.Equal((404, "application/json", "not_found"), (answer.Status, answer.MediaType, answer["code"]));
    }

    [Fact]
    public async Task Cookies_are_told_by_the_names_that_https_gives_them()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:PublicUrl", "https://localhost:8443"));
        using var client = server.Client();
        var document = await OpenApiDocument.ReadAsync(client);
        var taken = document.Operation("post", "/api/auth/login/").Json["parameters"]!.AsArray().Where(one => (string)one!["in"]! == "cookie");
        Assert.Equal(["__Host-refresh_token", "__Host-accounts_session", "__Host-device", "__Host-trusted_device"], taken.Select(one => (string)one!["name"]!));
        Assert.Equal("https://localhost:8443", (string)document.Json["servers"]![0]!["url"]!);
    }
}
