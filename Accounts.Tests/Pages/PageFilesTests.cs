using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>How pages and what they load are sent.</summary>
public sealed class PageFilesTests(SharedServer shared) : IClassFixture<SharedServer>, IDisposable
{
    private readonly ApiClient client = shared.Server.Client();

    [Theory]
    [InlineData("/accounts.css", "text/css"), InlineData("/sign-in.js", "text/javascript")]
    public async Task Scripts_and_styles_are_sent_compressed_and_once(string path, string type)
    {
        var plain = await client.GetAsync(path);
        var small = await client.GetAsync(path, ("Accept-Encoding", "gzip, br"));
        Assert.Equal((200, type, null, "Accept-Encoding", "no-cache"), (plain.Status, plain.MediaType, plain.Header("Content-Encoding"), plain.Header("Vary"), plain.Header("Cache-Control")));
        Assert.Equal((200, type, "gzip"), (small.Status, small.MediaType, small.Header("Content-Encoding")));
        Assert.NotEqual(plain.Header("ETag"), small.Header("ETag"));
        Assert.Equal(304, (await client.GetAsync(path, ("Accept-Encoding", "gzip"), ("If-None-Match", small.Header("ETag")!))).Status);
        Assert.Equal(200, (await client.GetAsync(path, ("Accept-Encoding", "gzip;q=0"), ("If-None-Match", small.Header("ETag")!))).Status);
    }

    [Theory]
    [InlineData("/sign-in"), InlineData("/api/auth/social/")]
    public async Task What_is_made_for_one_request_is_not_compressed(string path) =>
        Assert.Null((await client.GetAsync(path, ("Accept-Encoding", "gzip, br"))).Header("Content-Encoding"));

    [Fact]
    public async Task The_root_leads_to_the_account()
    {
        var root = await client.GetAsync("/");
        Assert.Equal((302, "/account"), (root.Status, root.Header("Location")));
    }

    [Fact]
    public async Task Password_managers_find_where_a_password_is_changed_and_a_passkey_made()
    {
        var change = await client.GetAsync("/.well-known/change-password");
        Assert.Equal((302, "/account#password"), (change.Status, change.Header("Location")));
        var passkeys = await client.GetAsync("/.well-known/passkey-endpoints");
        Assert.Equal(200, passkeys.Status);
        Assert.Equal(($"{shared.Server.Address}account#passkeys", $"{shared.Server.Address}account#passkeys"), (passkeys["enroll"], passkeys["manage"]));
    }

    [Fact]
    public async Task What_is_not_there_is_said_by_a_page_to_people_and_as_JSON_to_scripts()
    {
        foreach (var header in new[] { ("Accept", "text/html,*/*"), ("Sec-Fetch-Mode", "navigate") })
        {
            var page = await client.GetAsync("/nowhere", header);
            Assert.Equal((404, "text/html", "no-store"), (page.Status, page.MediaType, page.Header("Cache-Control")));
            Assert.Contains("There is no such page", page.Text, StringComparison.Ordinal);
            Assert.Contains("default-src 'none'; script-src 'self'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
            (await client.GetAsync("/api/nowhere", header)).AssertRefused(404, "not_found");
        }
        (await client.GetAsync("/nowhere")).AssertRefused(404, "not_found");
        (await client.GetAsync("/nowhere", ("Accept", "text/html"), ("Sec-Fetch-Mode", "cors"))).AssertRefused(404, "not_found");
        (await client.PostAsync("/sign-in")).AssertRefused(405, "method_not_allowed");
    }

    public void Dispose() => client.Dispose();
}
