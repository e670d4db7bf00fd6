using System.Text.RegularExpressions;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Docs;

/// <summary>
/// The pictures of README and docs, taken of a running server. <c>ACCOUNTS_PICTURES=docs/pictures ./test --filter PictureTests</c>
/// takes them anew; without it they are taken and thrown away.
/// </summary>
[Trait("Pace", "long")]
public sealed partial class PictureTests(PictureTests.Server shared, Browser browser) : IClassFixture<PictureTests.Server>
{
    public sealed class Server(Postgres postgres) : SharedServer(postgres, ("Accounts:Brand:Name", "Acme"), ("Accounts:EmailCodes:Enabled", "true"));

    private const string Folder = "docs/pictures";

    private static readonly string Target = Environment.GetEnvironmentVariable("ACCOUNTS_PICTURES") is { Length: > 0 } folder
        ? Path.Combine(Repository.Folder, folder) : Directory.CreateTempSubdirectory("accounts-pictures-").FullName;

    [Theory]
    [InlineData("sign-in", "/sign-in", 390, 760, ColorScheme.Light, false)]
    [InlineData("sign-up-dark", "/sign-up", 390, 760, ColorScheme.Dark, false)]
    [InlineData("account", "/account", 1280, 800, ColorScheme.Light, true)]
    [InlineData("administration", "/admin", 1280, 800, ColorScheme.Light, true)]
    [InlineData("demo", "/dev/app", 1280, 800, ColorScheme.Light, true)]
    public async Task A_page_is_as_its_picture_shows_it(string name, string path, int width, int height, ColorScheme scheme, bool signedIn)
    {
        await using var tab = await browser.OpenAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, Locale = "en-GB", ReducedMotion = ReducedMotion.Reduce });
        if (signedIn)
        {
            using var client = shared.Server.Client();
            var person = await shared.Server.SignInAdministratorAsync(client);
            Assert.True((await tab.Page.Context.APIRequest.PostAsync($"{shared.Server.Address}api/auth/login/", new() { DataObject = new { email = person.Email, password = person.Password } })).Ok);
        }
        await tab.OpenAsync(new Uri(shared.Server.Address, path).AbsoluteUri);
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await TakeAsync(tab, name);
    }

    [Theory]
    [InlineData("mail-verify-email", "de", ColorScheme.Light)]
    [InlineData("mail-verify-email-dark", "en", ColorScheme.Dark)]
    public async Task A_mail_is_as_its_picture_shows_it(string name, string language, ColorScheme scheme)
    {
        using var client = shared.Server.Client();
        var person = Some.Person();
        Assert.Equal(201, (await client.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, ("Accept-Language", language))).Status);
        await Until.TrueAsync(() => Task.FromResult(shared.Server.Mailbox.To(person.Email).Count > 0), "the mail is there");
        await using var tab = await browser.OpenAsync(new() { ViewportSize = new() { Width = 640, Height = 720 }, ColorScheme = scheme });
        await tab.Page.SetContentAsync(shared.Server.Mailbox.To(person.Email)[0].Html);
        await TakeAsync(tab, name);
    }

    /// <summary>A picture that nobody shows, or one that is shown and that nothing takes, would grow old.</summary>
    [Fact]
    public void Every_picture_is_shown_and_taken()
    {
        var shown = Directory.GetFiles(Path.Combine(Repository.Folder, "docs"), "*.md").Append(Path.Combine(Repository.Folder, "README.md"))
            .SelectMany(path => Shown().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Directory.GetFiles(Path.Combine(Repository.Folder, Folder), "*.png").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal), shown);
        var source = Repository.Read("Accounts.Tests/Docs/PictureTests.cs");
        Assert.All(shown, name => Assert.Contains($"InlineData(\"{name}\"", source, StringComparison.Ordinal));
    }

    private static async Task TakeAsync(BrowserTab tab, string name)
    {
        var picture = await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Target, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        Assert.InRange(picture.Length, 5_000, 200_000);
        tab.IsContent();
    }

    [GeneratedRegex(@"pictures/([\w-]+)\.png")]
    private static partial Regex Shown();
}
