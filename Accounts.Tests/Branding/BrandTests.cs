using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Branding;

/// <summary>Whom pages, mails and authenticator apps say that they come from.</summary>
[Trait("Pace", "long")]
public sealed class BrandTests(Postgres postgres)
{
    private static readonly (string, string)[] Acme =
    [
        ("Accounts:Brand:Name", "Acme <b>& Sons"), ("Accounts:Brand:Color", "ff69b4"), ("Accounts:Brand:SupportUrl", "mailto:help@acme.example"),
        ("Accounts:Brand:TermsUrl", "https://acme.example/terms?a=1&b=2"),
    ];

    [Fact]
    public async Task A_mail_has_name_colour_and_links_as_text_and_never_as_markup()
    {
        await using var server = await TestServer.StartAsync(postgres, Acme);
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        var mail = await server.Mailbox.WaitAsync(person.Email);
        Assert.Contains("Acme <b>& Sons", mail.Subject, StringComparison.Ordinal);
        Assert.EndsWith("\n\nHelp: mailto:help@acme.example\nTerms: https://acme.example/terms?a=1&b=2\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Acme &lt;b&gt;&amp; Sons &middot; ", mail.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://acme.example/terms?a=1&amp;b=2\"", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("#1f6f5c", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_has_them_too_and_a_style_sheet_of_its_colours()
    {
        await using var server = await TestServer.StartAsync(postgres, Acme);
        using var client = server.Client();
        foreach (var path in new[] { "/verify-email", "/sign-up", "/reset-password", "/security" })
        {
            var page = (await client.GetAsync(path)).Text;
            Assert.Contains("<header class=\"brand\">Acme &lt;b&gt;&amp; Sons</header>", page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"mailto:help@acme.example\">Help</a>", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/brand.css\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        }
        var style = await client.GetAsync("/brand.css");
        Assert.Equal((200, "text/css"), (style.Status, style.MediaType));
        Assert.Matches("^:root { --accent: #[0-9a-f]{6}; --accent-strong: ", style.Text);
    }

    [Fact]
    public async Task SG_25_A_mark_in_a_name_is_nothing_but_its_letters()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Brand:Name", "{{settings}} {{part.wait}} {email} {{home}}x"));
        using var client = server.Client();
        var page = (await client.GetAsync("/verify-email")).Text;
        Assert.Contains("<header class=\"brand\">{{settings}} {{part.wait}} {email} {{home}}x</header>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_of_it_the_host_serves_and_nothing_more_is_asked_for()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var page = (await client.GetAsync("/verify-email")).Text;
        Assert.Contains("<header class=\"brand\">localhost</header>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("brand.css", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<footer", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_not_there_under_the_name_of_its_file()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        Assert.Equal(404, (await client.GetAsync("/sign-up.html")).Status);
    }

    [Theory]
    [InlineData("Name", "A\nB", "write at most 60 characters in one line.")]
    [InlineData("Color", "green", "write a colour as six hexadecimal digits, for example 1f6f5c.")]
    [InlineData("SupportUrl", "javascript:alert(1)", "write the address of a page, or mailto: and an address, for example mailto:help@example.com.")]
    [InlineData("TermsUrl", "/terms", "write the address of a page, for example https://www.example.com/terms.")]
    [InlineData("PrivacyUrl", "javascript:alert(1)", "write the address of a page, for example https://www.example.com/terms.")]
    public async Task CF_01_What_cannot_be_shown_stops_the_start(string name, string value, string sentence)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, ($"Accounts:Brand:{name}", value)));
        Assert.Contains($"Accounts__Brand__{name} is \"{value}\": {sentence}", refused.Message, StringComparison.Ordinal);
    }
}
