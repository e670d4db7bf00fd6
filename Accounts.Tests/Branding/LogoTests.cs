using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Branding;

/// <summary>The logo of whom mails and pages come from.</summary>
[Trait("Pace", "long")]
public sealed class LogoTests(Postgres postgres) : IDisposable
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly string folder = Directory.CreateTempSubdirectory("accounts-logo-").FullName;

    private static (string, string) Setting(string logo) => ("Accounts:Brand:LogoUrl", logo);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_is_shown_by_pages_in_place_of_the_name_and_served_by_us()
    {
        await using var server = await TestServer.StartAsync(postgres, Setting(Write("logo.png", Png)), ("Accounts:Brand:Name", "Acme & \"Sons\""));
        using var client = server.Client();
        var page = await client.GetAsync("/verify-email");
        Assert.Contains("<header class=\"brand\"><img class=\"logo\" src=\"/brand/logo\" alt=\"Acme &amp; &quot;Sons&quot;\"></header>", page.Text, StringComparison.Ordinal);
        Assert.Contains("img-src 'self' data:;", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        var logo = await client.GetAsync("/brand/logo");
        Assert.Equal((200, "image/png"), (logo.Status, logo.MediaType));
        var person = Some.Person();
        await client.RegisterAsync(person);
        Assert.Contains($"src=\"data:image/png;base64,{Convert.ToBase64String(Png)}\" alt=\"Acme &amp; &quot;Sons&quot;\"", (await server.Mailbox.WaitAsync(person.Email)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SG_25_A_mail_brings_the_logo_along_and_asks_no_server_for_it()
    {
        await using var sink = await MailSink.StartAsync();
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), sink.Plainly, Setting(Write("logo", Png)));
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        var raw = (await sink.WaitAsync(person.Email))[0].Raw;
        Assert.Contains("multipart/related", raw, StringComparison.Ordinal);
        Assert.Contains("Content-Id: <logo@accounts>", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Convert.ToBase64String(Png)[..60], raw, StringComparison.Ordinal);
        Assert.Contains("src=3D\"cid:logo@accounts\"", raw.Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SG_25_Pages_may_show_pictures_of_the_one_host_that_has_it_and_mails_leave_while_that_is_away()
    {
        await using var server = await TestServer.StartAsync(postgres, Setting("https://localhost:1/logo.png?a=1&b=2"));
        using var client = server.Client();
        var page = await client.GetAsync("/verify-email");
        Assert.Contains("src=\"https://localhost:1/logo.png?a=1&amp;b=2\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("img-src 'self' data: https://localhost:1;", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(404, (await client.GetAsync("/brand/logo")).Status);
        var person = Some.Person();
        await client.RegisterAsync(person);
        Assert.DoesNotContain("<img", (await server.Mailbox.WaitAsync(person.Email)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CF_01_A_logo_that_cannot_be_used_stops_the_start()
    {
        await RefusedAsync("http://www.example.com/logo.png", "write the https address of a picture, or the path of a file that is there");
        await RefusedAsync("https://www.example.com/logo.SVG", "mail programs show no SVG; name a PNG or JPEG.");
        await RefusedAsync(Write("logo.png", "<svg/>"u8.ToArray()), "it must be a picture as PNG or JPEG of at most 256 kB.");
        await RefusedAsync(Write("large.png", [.. Png, .. new byte[256 * 1024]]), "it must be a picture as PNG or JPEG of at most 256 kB.");
    }

    private async Task RefusedAsync(string logo, string sentence)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, Setting(logo)));
        Assert.Contains($"Accounts__Brand__LogoUrl is \"{logo}\": {sentence}", refused.Message, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
