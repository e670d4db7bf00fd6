using System.Text.RegularExpressions;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>The page of <c>docs/front-end.md</c>, which is <c>client/examples/plain</c>, as a new user has it.</summary>
[Trait("Pace", "slow")]
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
        await EnterAsync(person, "Sign up");
        await tab.ShowsStatusAsync("We have sent you a mail");
        using var client = server.Client();
        await client.VerifyAsync(await server.Mailbox.TokenAsync(person.Email), person.Password);
        await SignInAsync(person);
        await tab.Page.ReloadAsync();
        await tab.ShowsStatusAsync($"Signed in as {person.Username}");
        await tab.ClickAsync("Sign out");
        await tab.ShowsStatusAsync("Signed out: logout");
        tab.IsContent();
    }

    [Fact]
    public async Task A_second_factor_is_asked_for()
    {
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(person);
        var enrolled = await client.EnrolAsync();
        await server.Database.ForgetStepsAsync(person);
        tab.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync(FactorSteps.CodeOf(enrolled.Secret));
        await SignInAsync(person);
    }

    [Fact]
    public async Task A_provider_signs_in()
    {
        await tab.ClickAsync("Sign in with Fake provider");
        await tab.SaysAsync("Who is signing in?");
        await tab.Page.GetByText("Vera Verified").ClickAsync();
        await tab.ShowsStatusAsync("Signed in as veraverified");
        tab.IsContent();
    }

    private async Task SignInAsync(Person person)
    {
        await EnterAsync(person, "Sign in");
        await tab.ShowsStatusAsync($"Signed in as {person.Username}");
    }

    private async Task EnterAsync(Person person, string button)
    {
        await tab.FillAsync("Name", person.Username);
        await tab.FillAsync("Address, to sign up", person.Email);
        await tab.Page.GetByLabel("Password").FillAsync(person.Password);
        await tab.ClickAsync(button);
    }

    [GeneratedRegex("```html\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
