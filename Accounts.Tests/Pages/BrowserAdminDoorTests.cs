using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>Who gets to the page of the administration, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserAdminDoorTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient client = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        client = server.Client();
        tab = await browser.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Who_does_not_hold_the_role_is_told_so_and_led_on()
    {
        await tab.AdministerAsync(server, await server.VerifiedAsync(client), "users");
        await tab.SaysAsync("This page is for administrators");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Administration" })).ToBeHiddenAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await tab.Page.WaitForURLAsync($"{server.Address}account**");
        tab.IsContent();
    }

    [Fact]
    public async Task Who_loses_the_role_is_told_with_the_next_click()
    {
        var person = await server.SignInAdministratorAsync(client);
        await tab.AdministerAsync(server, person, "summary");
        await tab.SaysAsync("Overview");
        await server.Database.ChangeAsync(person, "roles = '{}'");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        await tab.SaysAsync("This page is for administrators");
        Assert.Equal(0, await server.Database.CountAsync("security_events", "kind = 'administration_read' AND after->>'read' = 'users'"));
    }

    [Fact]
    public async Task Who_is_not_signed_in_goes_to_the_sign_in_and_may_come_back_to_the_part_that_was_asked_for()
    {
        await tab.OpenAsync($"{server.Address}admin#events?kind=signed_in");
        await tab.Page.WaitForURLAsync($"{server.Address}sign-in?next=%2Fadmin%23events%3Fkind%3Dsigned_in");
    }

    [Fact]
    public async Task Who_is_signed_out_elsewhere_is_led_to_why()
    {
        await tab.AdministerAsync(server, await server.SignInAdministratorAsync(client), "summary");
        await tab.SaysAsync("Overview");
        Assert.Equal(200, (await client.PostAsync("/api/auth/logout/all/", new { })).Status);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        await tab.Page.WaitForURLAsync($"{server.Address}signed-out");
    }

    [Fact]
    public async Task A_script_finds_nothing_where_the_page_is()
    {
        (await client.GetAsync("/admin", ("Accept", "application/json"))).AssertRefused(404, "not_found");
        (await client.GetAsync("/admin", ("Accept", "text/html"), ("Sec-Fetch-Mode", "cors"))).AssertRefused(404, "not_found");
        var page = await client.GetAsync("/admin", ("Accept", "*/*"), ("Sec-Fetch-Mode", "navigate"));
        Assert.Equal((200, "text/html", "no-referrer", "no-store"), (page.Status, page.MediaType, page.Header("Referrer-Policy"), page.Header("Cache-Control")));
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        var person = await server.SignInAdministratorAsync(client);
        await tab.Page.SetViewportSizeAsync(width, 900);
        foreach (var (part, heading) in new[]
        {
            ("summary", "Overview"), ("users", "Users"), ("users/new", "Make a user"), ($"users/{await server.Database.IdAsync(person)}", person.Username), ("invitations", "Invitations"), ("events", "Events"), ("check", "Health"),
        })
        {
            await tab.AdministerAsync(server, person, part);
            await tab.SaysAsync(heading);
            Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }
}
