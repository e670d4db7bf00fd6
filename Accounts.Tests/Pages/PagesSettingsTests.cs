using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>Pages that are switched off, or changed by files and texts of an operator.</summary>
public sealed class PagesSettingsTests(Postgres postgres) : IDisposable
{
    private const string Link = "https://app.example.test/mailed#token={token}";

    private static readonly (string, string)[] Off =
    [
        ("Accounts:Pages:Enabled", "false"), ("Accounts:FrontendUrl", "https://app.example.test"), ("Accounts:Mail:ForgotUrl", "https://app.example.test/forgot"),
        .. new[] { "Change", "Invite", "Security", "Recover", "EndSession", "Erase", "Address" }.Select(name => ($"Accounts:Mail:{name}Url", Link)),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("accounts-pages-");

    [Fact]
    public async Task Switched_off_they_are_gone_and_the_root_leads_to_the_docs()
    {
        await using var server = await TestServer.StartAsync(postgres, Off);
        using var client = server.Client();
        foreach (var path in new[] { "/sign-in", "/sign-up", "/account", "/admin", "/verify-email", "/erase", "/sign-in.js", "/card.js", "/.well-known/change-password", "/.well-known/passkey-endpoints", "/nowhere" })
        {
            var answer = await client.GetAsync(path, ("Accept", "text/html"));
            Assert.Equal((404, "application/json", "not_found"), (answer.Status, answer.MediaType, answer["code"]));
        }
        var root = await client.GetAsync("/");
        Assert.Equal((302, "/docs"), (root.Status, root.Header("Location")));
        Assert.Equal(404, (await client.GetAsync("/api/auth/verify-email/?token=x", ("Accept", "text/html"))).Status);
    }

    [Fact]
    public async Task Switched_off_what_a_provider_may_come_back_to_is_a_page_all_the_same()
    {
        await using var server = await TestServer.StartAsync(postgres, Off);
        using var client = server.Client();
        var page = await client.GetAsync("/api/auth/social/fake/callback/?code=x&state=x", ("Accept", "text/html"));
        Assert.Equal((400, "text/html"), (page.Status, page.MediaType));
        Assert.Contains("Please sign in again", page.Text, StringComparison.Ordinal);
        Assert.Equal("text/css", (await client.GetAsync("/accounts.css")).MediaType);
    }

    [Fact]
    public async Task Switched_off_every_mail_needs_a_page_to_lead_to()
    {
        var refused = await RefusedAsync(("Accounts:Pages:Enabled", "false"), ("Accounts:Mail:ChangeUrl", Link), ("Accounts:EmailCodes:Enabled", "true"));
        Assert.Equal(
            "Accounts__Pages__Enabled is false, and links in mails would lead to pages of ours: set Accounts__Mail__VerifyUrl, Accounts__Mail__ResetUrl, Accounts__Mail__ForgotUrl, "
            + "Accounts__Mail__InviteUrl, Accounts__Mail__SecurityUrl, Accounts__Mail__RecoverUrl, Accounts__Mail__EndSessionUrl, Accounts__Mail__EraseUrl, Accounts__Mail__AddressUrl, Accounts__Mail__CodeUrl.",
            refused.Message);
    }

    [Fact]
    public async Task An_operators_files_take_the_place_of_ours_and_others_stand_beside_them()
    {
        await WriteAsync("signed-out.html", "<main class=\"card\"><h1>{{title}}</h1><p>Good bye from {{common.username}}.</p></main>");
        await WriteAsync("ours.css", "main { color: green }");
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Pages:Folder", folder.FullName));
        using var client = server.Client();
        Assert.Contains("Good bye from Username.", (await client.GetAsync("/signed-out")).Text, StringComparison.Ordinal);
        Assert.Contains("id=\"sign-in\"", (await client.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        var style = await client.GetAsync("/ours.css");
        Assert.Equal((200, "text/css", "main { color: green }"), (style.Status, style.MediaType, style.Text));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_or_has_another_page_stops_the_start()
    {
        Assert.StartsWith("Accounts__Pages__Folder is \"/nowhere\", which does not exist: ", (await RefusedAsync(("Accounts:Pages:Folder", "/nowhere"))).Message, StringComparison.Ordinal);
        await WriteAsync("singin.html", "");
        Assert.StartsWith("Accounts__Pages__Folder: singin.html is no page of ours. There are ", (await RefusedAsync(("Accounts:Pages:Folder", folder.FullName))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Accounts__Pages__Enabled cannot be read: ", (await RefusedAsync(("Accounts:Pages:Enabled", "maybe"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operators_texts_take_the_place_of_ours_and_another_language_is_added()
    {
        await WriteAsync("en.json", """{"pages": {"sign-in": {"start": {"title": "Come in"}}}}""");
        await WriteAsync("nl.json", """{"pages": {"sign-in": {"start": {"title": "Inloggen"}}}}""");
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Texts:Folder", folder.FullName), ("Accounts:Texts:Language", "nl"));
        using var client = server.Client();
        Assert.Contains(">Come in</h1>", (await client.GetAsync("/sign-in", ("Accept-Language", "en"))).Text, StringComparison.Ordinal);
        foreach (var language in new[] { "nl-BE", "ja" })
        {
            var page = await client.GetAsync("/sign-in", ("Accept-Language", language));
            Assert.Equal("nl", page.Header("Content-Language"));
            Assert.Contains(">Inloggen</h1>", page.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en.json", "{\"pages\": {\"nothing\": \"x\"}}", "Accounts__Texts__Folder: en.json has the text \"pages.nothing\", which nothing asks for.")]
    [InlineData("en.json", "{", "Accounts__Texts__Folder: en.json cannot be read: ")]
    [InlineData("english.txt", "", "Accounts__Texts__Folder: english.txt is no file of texts; name it by its language, for example de.json.")]
    public async Task A_file_of_texts_that_is_none_stops_the_start(string name, string text, string sentence)
    {
        await WriteAsync(name, text);
        Assert.StartsWith(sentence, (await RefusedAsync(("Accounts:Texts:Folder", folder.FullName))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_that_there_is_not_stops_the_start()
    {
        Assert.StartsWith("Accounts__Texts__Folder is \"/nowhere\", which does not exist: ", (await RefusedAsync(("Accounts:Texts:Folder", "/nowhere"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Accounts__Texts__Language is \"xx\": write one of ", (await RefusedAsync(("Accounts:Texts:Language", "xx"))).Message, StringComparison.Ordinal);
    }

    private static Task<StartupException> RefusedAsync(params (string, string)[] settings) =>
        Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync("Host=nowhere", [("environment", "Production"), .. settings]));

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);

    public void Dispose() => folder.Delete(recursive: true);
}
