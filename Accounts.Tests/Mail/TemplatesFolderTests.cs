using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>An operator's own mail templates: checked before anything starts, used when they are good.</summary>
public sealed class TemplatesFolderTests(Postgres postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("accounts-templates-").FullName;

    private (string, string) Setting => ("Accounts:Mail:TemplatesFolder", folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("verify-email.txt", "Subject: Hi\n\n{{nonsense}}", "verify-email uses {{nonsense}}; it has accent, code, dark_accent, dark_on_accent, dark_tint, link, site, tint, username, valid_for.")]
    [InlineData("verify-email.html", "<p>{{when}}</p>", "verify-email uses {{when}}; it has accent, code, dark_accent, dark_on_accent, dark_tint, link, site, tint, username, valid_for.")]
    [InlineData("session-reused.txt", "Hello {{username}}", "session-reused.txt must begin with a line \"Subject: …\".")]
    [InlineData("layout.html", "{{content}}{{link}}", "layout.html uses {{link}}; it has content, dir, lang, links, logo, preview, site, accent, tint, dark_accent, dark_on_accent, dark_tint, title, username.")]
    [InlineData("layout.html", "<p>{{site}}</p>", "layout.html must contain {{content}} once.")]
    [InlineData("en/verify-email.html", "<p>{{when}}</p>", "en/verify-email uses {{when}}; it has accent, ")]
    [InlineData("en/layout.html", "<p>{{site}}</p>", "en/layout.html must contain {{content}} once.")]
    [InlineData("en/readme.md", "Hello", "en/readme.md is no template; there are account-claimed.txt, ")]
    [InlineData("xx/verify-email.txt", "Subject: Hi\n\nHello", "xx is no language; there are ")]
    [InlineData("verify-mail.txt", "Subject: Hi\n\nHello", "verify-mail.txt is no template; there are account-claimed.txt, ")]
    public async Task CF_01_A_template_that_cannot_be_used_stops_the_start(string file, string text, string sentence)
    {
        Write(file, text);
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, Setting));
        Assert.Contains($"Accounts__Mail__TemplatesFolder: {sentence}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CF_01_A_folder_of_templates_that_does_not_exist_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, ("Accounts:Mail:TemplatesFolder", "/no/such/folder")));
        Assert.Contains("the folder /no/such/folder does not exist.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_template_takes_the_place_of_ours_and_the_others_stay()
    {
        Write("verify-email.txt", "Subject: Willkommen, {{username}}\n\nIhr Code: {{code}}\n{{link}}\n");
        await using var server = await TestServer.StartAsync(postgres, Setting);
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        var mail = await server.Mailbox.WaitAsync(person.Email);
        Assert.Equal($"Willkommen, {person.Username}", mail.Subject);
        Assert.StartsWith($"Ihr Code: {Mailbox.CodeOf(mail)}\n", mail.Text, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_of_a_language_goes_before_that_of_all()
    {
        Write("verify-email.txt", "Subject: For all\n\n{{code}}\n");
        Write("verify-email.html", "<p>For all</p>");
        Write("en/verify-email.txt", "Subject: For the English\n\n{{code}}\n");
        Write("en/layout.html", "<p lang=\"{{lang}}\">{{content}}</p>");
        await using var server = await TestServer.StartAsync(postgres, Setting);
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        var mail = await server.Mailbox.WaitAsync(person.Email);
        Assert.Equal(("For the English", "<p lang=\"en\"><p>For all</p></p>"), (mail.Subject, mail.Html.Trim()));
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
        File.WriteAllText(Path.Combine(folder, file), text);
    }
}
