using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

public sealed class MailTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_mail_says_the_same_as_text_and_as_HTML()
    {
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        var mail = await server.Mailbox.WaitAsync(person.Email);
        Assert.Equal("accounts@localhost", mail.From);
        Assert.Equal("Verify your email address for localhost", mail.Subject);
        foreach (var part in new[] { mail.Text, mail.Html })
        {
            Assert.Contains(person.Username, part, StringComparison.Ordinal);
            Assert.Contains($"{server.Address}verify-email#token={Mailbox.TokenOf(mail)}", part, StringComparison.Ordinal);
            Assert.Contains(Mailbox.CodeOf(mail), part, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", part, StringComparison.Ordinal);
        }
        Assert.StartsWith("<!doctype html>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain('<', mail.Text);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;")]
    [InlineData("</bdi><a href=x>free</a>", "&lt;/\u2060bdi&gt;&lt;a href=x&gt;free&lt;/\u2060a&gt;")]
    [InlineData("https://evil.example free prize", "https:\u2060/\u2060/\u2060evil.\u2060example free prize")]
    [InlineData("{{link}}", "{{link}}")]
    public async Task EV_07_What_a_user_calls_themselves_is_inert_in_HTML(string username, string escaped)
    {
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        await server.Mailbox.WaitAsync(person.Email);
        await server.Database.ExecuteAsync("UPDATE users SET username = @name WHERE email = @email", ("name", username), ("email", person.Email));
        await client.PostAsync("/api/auth/verify-email/resend/", new { email = person.Email });
        var mail = await server.Mailbox.WaitAsync(person.Email, 2);
        Assert.Contains($"<bdi>{escaped}</bdi>", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"Hello {System.Net.WebUtility.HtmlDecode(escaped)},", mail.Text, StringComparison.Ordinal);
    }
}
