using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>A sign-in that we drive and that stops half-way goes on by a cookie: no secret stands in an address.</summary>
public sealed class SocialPendingTests(SocialServer shared) : IClassFixture<SocialServer>, IDisposable
{
    private const string Link = "social_link", Ticket = "social_ticket";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task SO_06_The_link_token_of_the_redirect_flow_is_a_cookie_that_link_takes_and_clears()
    {
        var person = await MeetAsync();
        var answer = await client.LinkAsync(new { password = person.Password });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("", answer.Cookie(Link));
        Assert.Contains(answer.SetCookies, cookie => cookie.StartsWith($"{Link}=;", StringComparison.Ordinal) && cookie.Contains("path=/api/auth/social/", StringComparison.Ordinal));
        (await client.LinkAsync(new { password = person.Password })).AssertBody(400, """{"link_token":["This field is required."]}""");
    }

    [Fact]
    public async Task SO_06_So_is_the_one_that_a_code_is_mailed_for()
    {
        var person = await MeetAsync();
        var asked = await client.AskLinkCodeAsync(new { });
        Assert.Equal((200, client.Cookies[Link]), (asked.Status, asked.Cookie(Link)));
        var code = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(person.Email, 2));
        Assert.Equal(200, (await client.LinkAsync(new { code })).Status);
        Assert.DoesNotContain(Link, client.Cookies.Keys);
    }

    [Fact]
    public async Task SO_06_The_ticket_of_the_redirect_flow_is_a_cookie_that_complete_and_confirm_take_and_clear()
    {
        var (identity, email) = (Identity.OfGoogle().Without("email"), Some.Email());
        var back = await client.GetAsync(await client.LeaveAsync(provider, identity));
        Assert.Equal($"{server.Address}?error=email_required", back.Header("Location"));
        Assert.Equal(
            "social_ticket; max-age=600; path=/api/auth/social/; samesite=lax; httponly",
            string.Join(';', back.SetCookies.Single(cookie => cookie.StartsWith(Ticket, StringComparison.Ordinal)).Split(';').Select((part, i) => i == 0 ? part.Split('=')[0] : part)));
        var asked = await client.PostAsync("/api/auth/social/complete/", new { email });
        Assert.Equal((200, client.Cookies[Ticket]), (asked.Status, asked.Cookie(Ticket)));
        var answer = await client.PostAsync("/api/auth/social/complete/confirm/", new { code = await server.ShownCodeAsync(email) });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("", answer.Cookie(Ticket));
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.email = '{email}'"));
    }

    [Fact]
    public async Task What_the_body_names_counts_before_the_cookie()
    {
        var person = await MeetAsync();
        (await client.LinkAsync(new { link_token = "garbage", password = person.Password })).AssertRefused(400, "invalid_token");
        Assert.Contains(Link, client.Cookies.Keys);
        Assert.Equal(200, (await client.LinkAsync(new { password = person.Password })).Status);
    }

    [Fact]
    public async Task A_cookie_beside_another_of_its_name_is_none()
    {
        var person = await MeetAsync();
        var planted = ("Cookie", $"{Link}={client.Cookies[Link]}; {Link}=planted");
        (await client.PostAsync("/api/auth/social/link/", new { password = person.Password }, planted)).AssertBody(400, """{"link_token":["This field is required."]}""");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example"), InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task SG_12_No_page_of_another_site_finishes_with_the_cookies(string header, string value)
    {
        var person = await MeetAsync();
        foreach (var path in new[] { "link/", "link/mail/", "complete/", "complete/confirm/" })
        {
            var answer = await client.PostAsync($"/api/auth/social/{path}", new { password = person.Password, email = person.Email, code = "123456" }, (header, value));
            answer.AssertRefused(403, "csrf_failed");
        }
        Assert.Equal(0, await server.Database.CountAsync("link_tokens t JOIN users u ON u.id = t.user_id", $"u.email = '{person.Email}' AND t.attempts > 0"));
        Assert.Single(server.Mailbox.To(person.Email));
    }

    [Fact]
    public async Task Under_https_the_cookies_are_secure_by_their_names()
    {
        await using var https = await shared.StartAnotherAsync(("Accounts:PublicUrl", "https://localhost:15003"));
        using var visitor = https.Client();
        var back = await visitor.GetAsync(await visitor.LeaveAsync(provider, Identity.OfGoogle().Without("email")));
        var cookie = back.SetCookies.Single(cookie => cookie.Contains(Ticket, StringComparison.Ordinal));
        Assert.StartsWith($"__Secure-{Ticket}=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure;", cookie, StringComparison.Ordinal);
        (await visitor.PostAsync("/api/auth/social/complete/", new { email = Some.Email() })).AssertBody(200, """{"detail":"A mail is on its way. Its link shows a code."}""");
    }

    private async Task<Person> MeetAsync()
    {
        var person = await server.SignInVerifiedAsync(client);
        (client.Access, _) = (null, client.Cookies.Remove("refresh_token"));
        var back = await client.GetAsync(await client.LeaveAsync(provider, Identity.OfGoogle(person.Email)));
        Assert.Equal($"{server.Address}?error=account_exists", back.Header("Location"));
        Assert.Equal(43, back.Cookie(Link)?.Length);
        return person;
    }
}
