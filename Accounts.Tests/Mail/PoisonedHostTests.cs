using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>The server takes requests for evil.test too, so that what is not refused shows where its links lead.</summary>
public sealed class PoisonedHostTests(PoisonedHostTests.Configured shared) : IClassFixture<PoisonedHostTests.Configured>
{
    private readonly TestServer server = shared.Server;

    public sealed class Configured(Postgres postgres) : SharedServer(
        postgres, ("Accounts:AllowedHosts", "evil.test"), ("Accounts:Social:Google:ClientId", "a-client"), ("Accounts:Social:Google:ClientSecret", "a-secret"));

    [Theory]
    [InlineData("Host: evil.test")]
    [InlineData("Host: localhost:1")]
    [InlineData("Host: {host}", "X-Forwarded-Host: evil.test", "X-Forwarded-Proto: https", "X-Forwarded-Prefix: /evil")]
    [InlineData("Host: {host}", "Forwarded: host=evil.test;proto=https")]
    [InlineData("Host: {host}", "X-Original-URL: https://evil.test/", "X-Rewrite-URL: https://evil.test/", "X-Original-Host: evil.test")]
    [InlineData("Host: {host}", "Host: evil.test")]
    [InlineData("Host: evil.test", "Host: {host}")]
    [InlineData("Host: evil.test@{host}")]
    public Task EV_06_Scenario_10_A_poisoned_header_never_reaches_a_link(params string[] headers) => AssertOwnLinkAsync("", headers);

    [Theory]
    [InlineData("http://evil.test", "Host: evil.test")]
    [InlineData("http://evil.test", "Host: {host}")]
    [InlineData("http://{host}", "Host: evil.test")]
    public Task EV_06_Scenario_10_An_absolute_request_line_never_reaches_a_link(string origin, string host) => AssertOwnLinkAsync(origin, host);

    [Fact]
    public async Task EV_06_A_host_that_is_not_allowed_is_refused()
    {
        var person = Some.Person();
        var body = new { username = person.Username, email = person.Email, password = person.Password };
        Assert.Equal(400, await SendAsync("/api/auth/register/", body, ["Host: other.test"]));
        Assert.Equal(201, await SendAsync("/api/auth/register/", body, ["Host: evil.test"]));
        Assert.Equal(1, await server.Database.CountAsync("users", "email = @email", ("email", person.Email)));
    }

    /// <summary>The request is refused, or the mail leads to the configured address, for whatever mails; and so does a provider's way back.</summary>
    private async Task AssertOwnLinkAsync(string origin, params string[] headers)
    {
        var person = Some.Person();
        var registered = await SendAsync($"{origin}/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, headers);
        var resent = await SendAsync($"{origin}/api/auth/verify-email/resend/", new { email = person.Email }, headers);
        var reset = await SendAsync($"{origin}/api/auth/password/reset/", new { email = person.Email }, headers);
        Assert.True((registered, resent, reset) is (201, 200, 200) or (400, 400, 400), $"{registered}, {resent}, {reset}");
        if (registered == 201)
        {
            await server.Mailbox.WaitAsync(person.Email, 3);
        }
        Assert.All(server.Mailbox.To(person.Email), mail => Assert.Matches($"\n{server.Address}(verify-email|reset-password)#token=", mail.Text));
        Assert.All(server.Mailbox.To(person.Email), mail => Assert.DoesNotContain("evil", mail.Text + mail.Html, StringComparison.Ordinal));
        Assert.Equal(registered == 201 ? 3 : 0, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", person.Email)));
        await AssertOwnLinkOfUserAsync(origin, registered == 201, headers);
        await AssertOwnWayBackAsync(origin, headers);
    }

    /// <summary>Of who is signed in: a change of address, and the notices of a new password and a deletion.</summary>
    private async Task AssertOwnLinkOfUserAsync(string origin, bool taken, string[] headers)
    {
        using var client = server.Client();
        var (person, address) = (await client.SignInSomebodyAsync(), Some.Email());
        string[] signedIn = [.. headers, $"Authorization: Bearer {client.Access}", $"Cookie: refresh_token={client.RefreshCookie}"];
        Assert.Equal(taken ? 200 : 400, await SendAsync($"{origin}/api/auth/email/change/", new { new_email = address }, signedIn));
        Assert.Equal(taken ? 200 : 400, await SendAsync($"{origin}/api/auth/password/change/", new { old_password = person.Password, new_password = Some.OtherPassword }, signedIn));
        await server.Mailbox.WaitAsync(person.Email, taken ? 2 : 1);
        if (taken)
        {
            await Until.TrueAsync(() => Task.FromResult(server.Mailbox.To(address).Count > 0), "the mail to the new address");
        }
        var mails = server.Mailbox.To(person.Email).Concat(server.Mailbox.To(address)).ToArray();
        Assert.Equal(taken ? 3 : 1, mails.Length);
        Assert.All(mails, mail => Assert.Matches($"\n{server.Address}(verify-email|confirm-email|security)#token=", mail.Text));
        Assert.All(mails, mail => Assert.DoesNotContain("evil", mail.Text + mail.Html, StringComparison.Ordinal));
    }

    private async Task AssertOwnWayBackAsync(string origin, string[] headers)
    {
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync($"GET {Own(origin)}/api/auth/social/google/login/ HTTP/1.1\r\n{string.Join("\r\n", headers.Select(Own))}\r\nConnection: close\r\n\r\n");
        var answer = await connection.ReadToEndAsync();
        Assert.DoesNotContain("evil", answer, StringComparison.Ordinal);
        Assert.True(answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal)
            || answer.Contains($"redirect_uri={Uri.EscapeDataString($"{server.Address}api/auth/social/google/callback/")}", StringComparison.Ordinal), answer);
    }

    private async Task<int> SendAsync(string target, object body, string[] headers)
    {
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.PostAsync(Own(target), body, [.. headers.Select(Own)]);
        return await connection.StatusAsync();
    }

    private string Own(string text) => text.Replace("{host}", server.Address.Authority, StringComparison.Ordinal);
}
