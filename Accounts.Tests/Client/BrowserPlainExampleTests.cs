using System.Text.RegularExpressions;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>The page of <c>docs/front-end.md</c>, which is <c>client/examples/plain</c>, as a new user has it.</summary>
[Trait("Pace", "long")]
public sealed partial class BrowserPlainExampleTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private static readonly string Example = Repository.Read("client/examples/plain/index.html");

    private TestServer server = null!;
    private ClientApp app = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        app = await ClientApp.StartAsync(Example.Replace("http://localhost:8000", $"{server.Address}".TrimEnd('/'), StringComparison.Ordinal));
        tab = await browser.OpenAsync();
        await tab.OpenAsync(app.Address);
        await tab.ShowsStatusAsync("Nobody is signed in");
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public void The_document_shows_the_example() => Assert.Equal(Example, Block().Match(Repository.Read("docs/front-end.md")).Groups[1].Value);

    [Fact]
    public async Task Somebody_signs_up_confirms_signs_in_reloads_and_signs_out()
    {
        var person = Some.Person();
        await tab.SignUpAsync(server, person);
        await tab.SignInAsync(person);
        await tab.Page.ReloadAsync();
        await tab.ShowsAsync(person);
        await tab.ClickAsync("Sign out");
        await tab.ShowsStatusAsync("Signed out: logout");
        tab.IsContent();
    }

    [Fact]
    public async Task A_second_factor_is_asked_for()
    {
        using var client = server.Client();
        var (person, enrolled) = await server.EnrolSomebodyAsync(client);
        await tab.SignInWithFactorAsync(server, person, enrolled);
        tab.IsContent();
    }

    [Fact]
    public async Task A_provider_signs_in()
    {
        await tab.SignInByProviderAsync();
        tab.IsContent();
    }

    [GeneratedRegex("```html\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
