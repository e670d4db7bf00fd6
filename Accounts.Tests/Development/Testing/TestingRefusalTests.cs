using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development.Testing;

/// <summary>What makes users and ages them is there for a test on a developer's machine, and for nobody else.</summary>
[Trait("Pace", "long")]
public sealed class TestingRefusalTests(Postgres postgres)
{
    /// <summary>One that would be told as a mistake, and one that would make an administrator.</summary>
    private static readonly object[] Bodies = [new { by = "soon", next = "maybe", email = "x" }, new { roles = new[] { "admin" }, by = "1d", next = "declined" }];

    [Fact]
    public async Task The_server_that_is_shipped_has_none_of_it()
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"));
        await AssertNothingAsync(server);
    }

    [Fact]
    public async Task A_database_that_is_not_the_private_one_has_none_of_it_without_the_tools()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Dev:Tools", "false"));
        await AssertNothingAsync(server);
    }

    [Fact]
    public async Task A_host_that_is_not_loopback_finds_none_of_it_even_one_that_is_allowed()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:AllowedHosts", "localhost.evil.test"));
        await AssertNothingAsync(server, ("Host", "localhost.evil.test"));
    }

    [Fact]
    public async Task A_client_of_a_network_finds_none_of_it_whatever_host_it_names()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:TrustedProxies", "127.0.0.1"));
        await AssertNothingAsync(server, ("X-Forwarded-For", "203.0.113.7"));
    }

    private static async Task AssertNothingAsync(TestServer server, params (string, string)[] headers)
    {
        using var client = server.Client();
        foreach (var (path, body) in TestingSteps.All.SelectMany(path => Bodies.Select(body => (path, body))))
        {
            var answer = await client.PostAsync(path, body, headers);
            Assert.Equal((404, """{"detail":"Not found.","code":"not_found"}"""), (answer.Status, answer.Text));
        }
        Assert.Equal(0, await server.Database.CountAsync("users"));
        Assert.Equal(0, await server.Database.CountAsync("invitations"));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example"), InlineData("Origin", "null"), InlineData("Sec-Fetch-Site", "cross-site"), InlineData("Sec-Fetch-Site", "same-site")]
    public async Task SG_12_Another_sites_page_makes_nobody_and_ages_nothing(string header, string value)
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        foreach (var path in TestingSteps.All)
        {
            (await client.PostAsync(path, Bodies[1], (header, value))).AssertRefused(403, "csrf_failed");
        }
        Assert.Equal(0, await server.Database.CountAsync("users"));
    }
}
