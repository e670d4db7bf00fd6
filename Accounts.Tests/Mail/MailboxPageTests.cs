using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

[Trait("Pace", "long")]
public sealed class MailboxPageTests(Postgres postgres)
{
    private static readonly string[] MailboxPaths = ["/dev/mailbox", "/dev/mailbox/", "/dev/mailbox.json", "/dev/mailbox.css", "/dev/mailbox.js"];

    private static readonly string[] Paths = [.. MailboxPaths, "/dev/mails", "/dev/app", "/dev/app.js", "/dev/app/orders", "/dev/tools.css"];

    [Fact]
    public async Task In_Development_the_mailbox_shows_every_mail_newest_first()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var (first, second) = (Some.Person(), Some.Person());
        foreach (var person in new[] { first, second })
        {
            await client.RegisterAsync(person);
            await server.Mailbox.WaitAsync(person.Email);
        }
        Assert.Equal((200, "text/html"), await PageAsync(client, "/dev/mailbox"));
        var list = await client.GetAsync("/dev/mailbox.json");
        Assert.Equal([second.Email, first.Email], list.Json.EnumerateArray().Select(mail => mail.GetProperty("to").GetString()!));
        Assert.Equal(["id", "to", "from", "subject", "text", "html", "sent_at"], list.Json[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("no-store", list.Header("Cache-Control"));
    }

    private static async Task<(int, string?)> PageAsync(ApiClient client, string path)
    {
        var page = await client.GetAsync(path);
        return (page.Status, page.MediaType);
    }

    [Theory]
    [InlineData("evil.test")]
    [InlineData("localhost.evil.test")]
    [InlineData("127.0.0.1.evil.test")]
    [InlineData("192.0.2.1")]
    [InlineData("0.0.0.0")]
    public async Task A_host_that_is_not_loopback_finds_no_mailbox_even_one_that_is_allowed(string host)
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:AllowedHosts", host));
        await AssertNoMailboxAsync(server, ("Host", host));
    }

    [Fact]
    public async Task A_foreign_host_finds_nothing_at_all()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        foreach (var path in Paths)
        {
            (await client.GetAsync(path, ("Host", "evil.test"))).AssertRefused(400, "bad_request");
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task A_loopback_host_finds_it(string host)
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        Assert.Equal(200, (await client.GetAsync("/dev/mailbox.json", ("Host", $"{host}:{server.Address.Port}"))).Status);
    }

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("192.168.1.7")]
    [InlineData("2001:db8::7")]
    public async Task A_client_of_a_network_finds_no_mailbox_whatever_host_it_names(string address)
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:TrustedProxies", "127.0.0.1"));
        await AssertNoMailboxAsync(server, ("X-Forwarded-For", address));
        using var client = server.Client();
        Assert.Equal(404, (await client.GetAsync("/dev/provider", ("X-Forwarded-For", address))).Status);
        Assert.Equal(200, (await client.GetAsync("/dev/mailbox.json", ("X-Forwarded-For", "127.0.0.1"))).Status);
    }

    [Fact]
    public async Task Without_the_tools_a_database_that_is_not_the_private_one_has_no_mailbox()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Dev:Tools", "false"));
        await AssertNoMailboxAsync(server);
    }

    [Fact]
    public async Task Where_mail_goes_to_a_server_there_is_no_mailbox()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Mail:SmtpUrl", "smtp://localhost:1?tls=none"));
        await AssertNothingAtAsync(server, MailboxPaths);
    }

    [Fact]
    public async Task Production_has_no_mailbox()
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"), ("Accounts:PublicUrl", "https://accounts.example.test"), ("Accounts:TrustedProxies", "127.0.0.1"));
        await AssertNoMailboxAsync(server);
    }

    [Fact]
    public async Task Production_does_not_start_with_the_tools()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(
            () => TestServer.StartAsync(postgres, ("environment", "Production"), ("Accounts:Dev:Tools", "true")));
        Assert.Contains("Accounts__Dev__Tools", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_on_loopback_has_no_mailbox_either()
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"));
        await AssertNoMailboxAsync(server);
    }

    private static Task AssertNoMailboxAsync(TestServer server, params (string, string)[] headers) => AssertNothingAtAsync(server, Paths, headers);

    private static async Task AssertNothingAtAsync(TestServer server, string[] paths, params (string, string)[] headers)
    {
        using var client = server.Client();
        Assert.Equal(200, (await client.GetAsync("/healthz", headers)).Status);
        foreach (var path in paths)
        {
            var answer = await client.GetAsync(path, headers);
            Assert.Equal((404, """{"detail":"Not found.","code":"not_found"}"""), (answer.Status, answer.Text));
        }
    }
}
