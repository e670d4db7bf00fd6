using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>What a mail looks like to the server that takes it.</summary>
[Trait("Pace", "slow")]
public sealed class SmtpWireTests(SinkServer shared) : IClassFixture<SinkServer>, IDisposable
{
    private static readonly string[] Expected =
        ["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"];

    private readonly MailSink sink = shared.Sink;
    private readonly ServerProcess server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task IV_03_A_mail_has_one_recipient_on_the_envelope_and_in_its_head_and_no_header_but_ours()
    {
        var address = await server.RegisterAsync();
        var mail = Assert.Single(await sink.WaitAsync(address));
        Assert.Equal(("hello@example.test", address), (mail.From, Assert.Single(mail.To)));
        Assert.Equal(address, Assert.Single(mail.Headers("To")));
        Assert.Equal(Expected, mail.HeaderNames.Order(StringComparer.Ordinal));
        Assert.Equal("auto-generated", Assert.Single(mail.Headers("Auto-Submitted")));
        Assert.Matches("^<[0-9a-f]{32}@localhost>$", mail.Id);
        Assert.Contains("hello@example.test", Assert.Single(mail.Headers("From")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IV_03_A_mail_is_plain_text_first_and_HTML_besides()
    {
        var mail = Assert.Single(await sink.WaitAsync(await server.RegisterAsync()));
        Assert.StartsWith("multipart/alternative", Assert.Single(mail.Headers("Content-Type")), StringComparison.Ordinal);
        Assert.Matches("verify-email#token=[A-Za-z0-9_-]{43}", mail.Part("text/plain"));
        Assert.StartsWith("<!doctype html>", mail.Part("text/html"), StringComparison.Ordinal);
        Assert.True(mail.Raw.IndexOf("text/plain", StringComparison.Ordinal) < mail.Raw.IndexOf("text/html", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("o'brien+tag"), InlineData("{braces}|pipe"), InlineData("-dash"), InlineData("a.b.c"), InlineData("=?utf-8?q?x?=")]
    public async Task IV_03_An_unusual_address_is_the_one_recipient(string local)
    {
        var address = $"{local}{Guid.NewGuid():N}@example.test";
        Assert.Equal(201, (await client.RegisterAsync(new Person(Some.Username(), address, Some.Password))).Status);
        var mail = Assert.Single(await sink.WaitAsync(address));
        Assert.Equal(address, Assert.Single(mail.To));
        Assert.Equal(Expected, mail.HeaderNames.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a@example.test\r\nBcc: thief@example.test"), InlineData("a@example.test%0d%0aBcc: thief@example.test"), InlineData("a@example.test, thief@example.test")]
    [InlineData("a@example.test\nRCPT TO:<thief@example.test>"), InlineData("\"a\r\nBcc: x\"@example.test"), InlineData("<thief@example.test>"), InlineData("thief@example.test (a@example.test)")]
    public async Task IV_03_An_address_that_carries_another_or_a_header_is_refused_and_nothing_is_sent(string address)
    {
        var username = Some.Username();
        var answer = await client.RegisterAsync(new Person(username, address, Some.Password));
        Assert.Equal(400, answer.Status);
        Assert.NotEmpty(answer.Json.GetProperty("email").EnumerateArray());
        Assert.Equal(0, await server.Database.CountAsync("users", "username = @name", ("name", username)));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "recipient LIKE '%thief%'"));
        Assert.DoesNotContain(await sink.MailsAsync(), mail => mail.Raw.Contains("thief", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x\r\nBcc: other@example.test"), InlineData("x\r\n.\r\nMAIL FROM:<other@example.test>"), InlineData("{{link}}"), InlineData("=?utf-8?q?Bcc?=")]
    public async Task IV_03_A_username_never_becomes_a_header_or_a_command(string username)
    {
        var address = await server.RegisterAsync();
        var first = Assert.Single(await sink.WaitAsync(address));
        await server.Database.ExecuteAsync("UPDATE users SET username = @name WHERE email = @email", ("name", username), ("email", address));
        await client.PostAsync("/api/auth/verify-email/resend/", new { email = address });
        var mail = (await sink.WaitAsync(address, 2))[1];
        Assert.Equal(first.HeaderNames.Order(), mail.HeaderNames.Order());
        Assert.Equal(address, Assert.Single(mail.To));
        Assert.Equal(2, (await sink.ToAsync(address)).Count);
        Assert.Empty(await sink.ToAsync("other@example.test"));
        Assert.DoesNotContain(mail.Part("text/plain").Split('\n'), line => line.StartsWith("Bcc", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example/prize"), InlineData("<img src=x onerror=alert(1)>"), InlineData("www.evil.example"), InlineData("mailto:me@evil.example")]
    public async Task EV_07_A_user_agent_in_a_notice_is_inert(string userAgent)
    {
        using var thief = server.Client(userAgent);
        var person = await client.SignInSomebodyAsync();
        var stolen = client.RefreshCookie!;
        for (var rotation = 0; rotation < 2; rotation++)
        {
            await client.RefreshAsync();
            await server.Database.ExecuteAsync("UPDATE sessions SET rotated_at = rotated_at - interval '1 minute'");
        }
        Assert.Equal("reused", (await thief.RefreshAsync(stolen))["reason"]);
        var notice = (await sink.WaitAsync(person.Email, 2)).Single(mail => mail.Headers("Subject")[0].Contains("ended", StringComparison.Ordinal));
        Assert.DoesNotContain(userAgent, notice.Part("text/html"), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)https?://(?!localhost:)|www\\.[a-z]|evil\\.example|mailto:[a-z]", notice.Part("text/plain"));
    }

    [Fact]
    public async Task EV_07_A_name_that_turns_the_direction_of_writing_turns_nothing()
    {
        var address = await server.RegisterAsync();
        await sink.WaitAsync(address);
        await server.Database.ExecuteAsync("UPDATE users SET username = @name WHERE email = @email", ("name", "a\u202Eelpmaxe\u2066b"), ("email", address));
        await client.PostAsync("/api/auth/verify-email/resend/", new { email = address });
        Assert.Contains("Hello aelpmaxeb,", (await sink.WaitAsync(address, 2))[1].Part("text/plain"), StringComparison.Ordinal);
    }
}
