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
    [InlineData("</bdi><a href=\"https://evil.example\">free</a>", "&lt;/bdi&gt;&lt;a href=&quot;https://evil.example&quot;&gt;free&lt;/a&gt;")]
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
        Assert.Contains($"Hello {username},", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host: evil.test")]
    [InlineData("Host: localhost:1")]
    [InlineData("Host: {host}", "X-Forwarded-Host: evil.test", "X-Forwarded-Proto: https", "X-Forwarded-Prefix: /evil")]
    [InlineData("Host: {host}", "Forwarded: host=evil.test;proto=https")]
    [InlineData("Host: {host}", "X-Original-URL: https://evil.test/", "X-Rewrite-URL: https://evil.test/", "X-Original-Host: evil.test")]
    [InlineData("Host: {host}", "Host: evil.test")]
    [InlineData("Host: evil.test", "Host: {host}")]
    [InlineData("Host: evil.test@{host}")]
    public Task EV_06_A_poisoned_header_never_reaches_a_link(params string[] headers) => AssertOwnLinkAsync("", headers);

    [Theory]
    [InlineData("http://evil.test", "Host: evil.test")]
    [InlineData("http://evil.test", "Host: {host}")]
    [InlineData("http://{host}", "Host: evil.test")]
    public Task EV_06_An_absolute_request_line_never_reaches_a_link(string origin, string host) => AssertOwnLinkAsync(origin, host);

    /// <summary>The request is refused, or the mail leads to the configured address, for register and resend alike.</summary>
    private async Task AssertOwnLinkAsync(string origin, params string[] headers)
    {
        var person = Some.Person();
        var registered = await SendAsync($"{origin}/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, headers);
        var resent = await SendAsync($"{origin}/api/auth/verify-email/resend/", new { email = person.Email }, headers);
        Assert.True((registered, resent) is (201, 200) or (400, 400), $"{registered}, {resent}");
        if (registered == 201)
        {
            await server.Mailbox.WaitAsync(person.Email, 2);
        }
        Assert.All(server.Mailbox.To(person.Email), mail => Assert.Contains($"\n{server.Address}verify-email#token=", mail.Text, StringComparison.Ordinal));
        Assert.All(server.Mailbox.To(person.Email), mail => Assert.DoesNotContain("evil", mail.Text + mail.Html, StringComparison.Ordinal));
        Assert.Equal(registered == 201 ? 2 : 0, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", person.Email)));
    }

    private async Task<int> SendAsync(string target, object body, string[] headers)
    {
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.PostAsync(Own(target), body, [.. headers.Select(Own)]);
        return await connection.StatusAsync();
    }

    private string Own(string text) => text.Replace("{host}", server.Address.Authority, StringComparison.Ordinal);
}
