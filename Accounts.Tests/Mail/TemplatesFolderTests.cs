using Accounts.Core.Failures;
using Accounts.Core.Mail;
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
    [InlineData("layout.html", "{{content}}{{link}}", "layout.html uses {{link}}; it has content, links, preview, site, accent, tint, dark_accent, dark_on_accent, dark_tint, title, username.")]
    [InlineData("layout.html", "<p>{{site}}</p>", "layout.html must contain {{content}} once.")]
    [InlineData("verify-mail.txt", "Subject: Hi\n\nHello", "verify-mail.txt is no template; there are account-claimed.txt, ")]
    public async Task CF_01_A_template_that_cannot_be_used_stops_the_start(string file, string text, string sentence)
    {
        Write(file, text);
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, Setting));
        Assert.Contains($"Accounts__Mail__TemplatesFolder: {sentence}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_own_templates_would_pass_the_same_check() =>
        Assert.Empty(MailTemplates.Problems(Path.Combine(Repository.Folder, "Accounts.Core/Mail/Templates")));

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

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);
}
