using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Development;

/// <summary>The front end to play with, as who has just started the server has it.</summary>
[Trait("Pace", "long")]
public sealed class BrowserDemoTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private const string Me = "GET /api/auth/me/", Orders = "GET /dev/app/orders: a service of yours", Nobody = "Nobody is signed in";

    private readonly Person person = Some.Person();
    private TestServer server = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        tab = await browser.OpenAsync();
        await tab.OpenAsync($"{server.Address}dev/app");
        await tab.ShowsStatusAsync(Nobody);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await server.DisposeAsync();
    }

    private string SignedIn => $"Signed in as {person.Username}";

    private ILocator Newest => tab.Page.Locator("#log li").First;

    private async Task SignUpAsync()
    {
        await tab.FillAsync("Username", person.Username);
        await tab.FillAsync("Email", person.Email);
        await tab.FillAsync("Password", person.Password);
        await tab.ClickAsync("Sign up, and in");
        await tab.ShowsStatusAsync(SignedIn);
    }

    [Fact]
    public async Task Somebody_signs_up_calls_an_API_and_sees_the_token()
    {
        await SignUpAsync();
        await Assertions.Expect(tab.Page.Locator("#claims tr", new() { HasText = "The user, by an id" })).ToContainTextAsync($"{await server.Database.ScalarAsync<Guid>("SELECT id FROM users")}");
        await Assertions.Expect(tab.Page.Locator("#left")).ToContainTextAsync("Good for 9 min");
        var before = await tab.Page.Locator("#raw").TextContentAsync();
        await tab.ClickAsync("Refresh it now");
        await Assertions.Expect(tab.Page.Locator("#raw")).Not.ToHaveTextAsync(before!);
        await tab.ClickAsync(Me);
        await Assertions.Expect(Newest).ToContainTextAsync(person.Email);
        await tab.ClickAsync(Orders);
        await Assertions.Expect(Newest).ToContainTextAsync("GET /dev/app/orders: 200");
        tab.IsContent();
    }

    [Fact]
    public async Task A_second_tab_follows_and_what_is_ended_elsewhere_is_learned_with_the_next_call()
    {
        await SignUpAsync();
        var second = await tab.OpenAnotherAsync();
        await second.OpenAsync($"{server.Address}dev/app");
        await second.ShowsStatusAsync(SignedIn);
        await tab.ClickAsync("End this session from another device");
        await Assertions.Expect(Newest).ToContainTextAsync("ended from elsewhere: 204");
        Assert.Equal(1, await server.Database.CountAsync("sessions", "ended_at IS NOT NULL"));
        // A service that checks the signature alone does not know it.
        await tab.ClickAsync(Orders);
        await Assertions.Expect(Newest).ToContainTextAsync("GET /dev/app/orders: 200");
        await tab.ClickAsync(Me);
        await tab.ShowsStatusAsync(Nobody);
        await second.ShowsStatusAsync(Nobody);
        tab.IsContent();
    }

    [Fact]
    public async Task The_provider_signs_in_and_says_what_it_is_where_it_is_opened_by_hand()
    {
        await tab.ClickAsync("Go on with Fake provider");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Vera Verified" }).ClickAsync();
        await tab.ShowsStatusAsync("Signed in as veraverified");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Provider" }).ClickAsync();
        await tab.SaysAsync("A provider to try");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(6);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Mailbox" }).ClickAsync();
        await tab.SaysAsync("Mailbox");
        tab.IsContent();
    }

    [Fact]
    public async Task The_service_takes_good_tokens_alone()
    {
        using var client = server.Client();
        (await client.GetAsync("/dev/app/orders")).AssertRefused(401, "not_authenticated");
        client.Access = "garbage";
        (await client.GetAsync("/dev/app/orders")).AssertAccessRefused("invalid");
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        await tab.Page.SetViewportSizeAsync(width, 900);
        await SignUpAsync();
        await Assertions.Expect(tab.Page.Locator("#claims table")).ToHaveCountAsync(2);
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        foreach (var page in new[] { "dev/provider", "dev/mailbox" })
        {
            await tab.OpenAsync($"{server.Address}{page}");
            Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }
}
