using Accounts.Core.Mail;
using Accounts.Core.Texts;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>Development's page of all mails: each kind, in each language that there is.</summary>
public sealed class SampleMailsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Each_kind_renders_in_each_language_as_text_and_as_HTML()
    {
        using var client = shared.Server.Client();
        var words = shared.Server.Services.GetRequiredService<MailTemplates>().Words.Order(StringComparer.Ordinal);
        foreach (var language in shared.Server.Services.GetRequiredService<Languages>().All)
        {
            var list = (await client.GetAsync($"/dev/mails.json?language={language.Tag}")).Json;
            var mails = list.GetProperty("mails").EnumerateArray().Select(mail => new[] { "kind", "subject", "text", "html" }.Select(name => mail.GetProperty(name).GetString()!).ToArray()).ToList();
            Assert.Equal((language.Tag, string.Join(' ', words)), (list.GetProperty("language").GetString(), string.Join(' ', mails.Select(mail => mail[0]))));
            Assert.All(mails, mail => AssertWhole(language, mail[0], mail[1], mail[2], mail[3]));
        }
    }

    private static void AssertWhole(Language language, string kind, string subject, string text, string html)
    {
        var all = string.Join('\n', subject, text, html);
        Assert.True(subject.Length > 0 && text.Length > 100 && html.Contains($"<html lang=\"{language.Tag}\" dir=\"{language.Direction}\">", StringComparison.Ordinal), kind);
        Assert.DoesNotMatch(@"\{\w*\}|\*\*|\]\(|^[@#~=] |\v", all);
        Assert.DoesNotMatch(@"(?m)^[@#~=] |^\[", text);
        Assert.DoesNotContain('<', text);
        Assert.True(Boxes(html, "<div") == Boxes(html, "</div>") && Boxes(html, "<p ") == Boxes(html, "</p>"), kind);
        // What leads somewhere in one part does in the other.
        Assert.Equal(Links(text), Links(html));
    }

    private static int Boxes(string html, string tag) => html.Split(tag).Length;

    private static string Links(string part) => string.Join(' ', System.Text.RegularExpressions.Regex.Matches(part, @"https?://\S+?#token=A+").Select(link => link.Value).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("/dev/mails", "text/html")]
    [InlineData("/dev/mails.css", "text/css")]
    [InlineData("/dev/mails.js", "text/javascript")]
    [InlineData("/dev/mails.json", "application/json")]
    public async Task They_are_there_for_this_machine_alone(string path, string type)
    {
        using var client = shared.Server.Client();
        var page = await client.GetAsync(path);
        Assert.Equal((200, type), (page.Status, page.MediaType));
        Assert.Equal(400, (await client.GetAsync(path, ("Host", "evil.test"))).Status);
    }
}
