using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

public sealed class MailLinkTests(Postgres postgres)
{
    [Theory]
    [InlineData("Accounts:FrontendUrl", "https://app.example.test/", "https://app.example.test/verify-email#token={token}")]
    [InlineData("Accounts:FrontendUrl", "https://app.example.test/base", "https://app.example.test/base/verify-email#token={token}")]
    [InlineData("Accounts:Mail:VerifyUrl", "https://app.example.test/confirm?a=1&b=2#/{token}", "https://app.example.test/confirm?a=1&b=2#/{token}")]
    public async Task EV_06_A_link_leads_where_the_configuration_says(string setting, string value, string expected)
    {
        await using var server = await TestServer.StartAsync(postgres, (setting, value));
        using var client = server.Client();
        var person = Some.Person();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        var mail = await server.Mailbox.WaitAsync(person.Email);
        var pattern = System.Text.RegularExpressions.Regex.Escape(expected).Replace(@"\{token}", "[A-Za-z0-9_-]{43}", StringComparison.Ordinal);
        Assert.Matches($"\n{pattern}\n", mail.Text);
        Assert.Matches($"href=\"{pattern.Replace("&", "&amp;", StringComparison.Ordinal)}\"", mail.Html);
    }

    [Theory]
    [InlineData("Accounts:FrontendUrl", "https://app.example.test/base", "https://app.example.test/base/reset-password#token={token}")]
    [InlineData("Accounts:Mail:ResetUrl", "https://app.example.test/new?a=1&b=2#/{token}", "https://app.example.test/new?a=1&b=2#/{token}")]
    public async Task EV_06_A_reset_link_leads_where_the_configuration_says(string setting, string value, string expected)
    {
        await using var server = await TestServer.StartAsync(postgres, (setting, value));
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await client.AskResetAsync(person.Email);
        var mail = (await server.Mailbox.WaitForResetsAsync(person.Email, 1))[0];
        var pattern = System.Text.RegularExpressions.Regex.Escape(expected).Replace(@"\{token}", "[A-Za-z0-9_-]{43}", StringComparison.Ordinal);
        Assert.Matches($"\n{pattern}\n", mail.Text);
        Assert.Matches($"href=\"{pattern.Replace("&", "&amp;", StringComparison.Ordinal)}\"", mail.Html);
    }

    [Fact]
    public async Task The_configured_sender_is_used()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Mail:From", "Example <hello@example.test>"));
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        Assert.Equal("Example <hello@example.test>", (await server.Mailbox.WaitAsync(person.Email)).From);
    }
}
