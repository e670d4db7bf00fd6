using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>Mails, as an operator tries and counts them.</summary>
[Trait("Pace", "long")]
public sealed class MailCommandTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("nobody"), InlineData("nobody at all@example.test"), InlineData(""), InlineData("ann@example.test\r\nBcc: eve@example.test"), InlineData("ann@example.test, eve@example.test")]
    public async Task No_mail_is_tried_with_what_is_no_address(string address)
    {
        (await server.CommandAsync("mail", "test", address)).AssertRefused($"{address} is no e-mail address.");
        Assert.Empty(server.Mailbox.All());
    }

    [Fact]
    public async Task A_mail_is_tried_at_once()
    {
        var run = await server.DoneAsync("mail", "test", "ann@example.test", "--json");
        Assert.Equal("ann@example.test", run.Json.GetProperty("sent_to").GetString());
        Assert.Equal("ann@example.test", Assert.Single(server.Mailbox.All()).To);
    }

    [Theory]
    [InlineData(0, "No mail waits; 0 were given up within 30 days."), InlineData(1, "1 mail waits, for 00:00:"), InlineData(2, "2 mails wait, the oldest for 00:00:")]
    public async Task What_waits_is_counted_in_words(int count, string words)
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO outbox_messages (id, template, recipient, payload, state, attempts, due_at, created_at)
            SELECT gen_random_uuid(), 'verify_email', 'ann@example.test', '\x00', 'queued', 3, now() + interval '1 hour', now() FROM generate_series(1, @count)
            """, ("count", count));
        Assert.StartsWith(words, Assert.Single((await server.DoneAsync("mail", "status")).Lines), StringComparison.Ordinal);
    }
}
