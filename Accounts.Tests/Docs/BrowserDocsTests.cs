using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Docs;

/// <summary>The page <c>/docs</c> in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserDocsTests(Postgres postgres, Browser browser) : IAsyncLifetime
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
    public async Task A_person_signs_in_asks_who_they_are_and_signs_out()
    {
        var person = await RegisterAsync();
        await SignInAsync(person);
        await SendAsync("getAuthMe");
        await ShowsAsync("getAuthMe", "200 OK", person.Email);
        await tab.ClickAsync("Sign out");
        await Assertions.Expect(tab.Page.Locator("#sign-in")).ToBeVisibleAsync();
        await SendAsync("getAuthMe");
        await ShowsAsync("getAuthMe", "401 Unauthorized", "not_authenticated");
        Assert.Equal(1, await server.Database.CountAsync("sessions", "end_reason = 'logout'"));
        tab.IsContent();
    }

    [Fact]
    public async Task A_reload_keeps_a_person_signed_in_and_stores_no_token()
    {
        var person = await RegisterAsync();
        await SignInAsync(person);
        await tab.Page.ReloadAsync();
        await IsSignedInAsync(person);
        var stored = await tab.Page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie");
        Assert.DoesNotContain("eyJ", stored, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.CountAsync("sessions", "generation = 1"));
        tab.IsContent();
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_the_dialog()
    {
        var person = await RegisterAsync();
        await EnterAsync(person with { Password = Some.OtherPassword });
        await Assertions.Expect(tab.Page.Locator("dialog .notice")).ToHaveTextAsync("Invalid credentials");
        Assert.Equal(0, await server.Database.CountAsync("sessions"));
        tab.IsContent();
    }

    [Fact]
    public async Task A_sign_up_is_sent_with_the_example_and_a_sign_in_by_hand_counts_as_one()
    {
        await OpenAsync("postAuthRegister");
        await SendAsync("postAuthRegister");
        await ShowsAsync("postAuthRegister", "201 Created", "Registered. Please verify email.");
        await OpenAsync("postAuthLogin");
        await SendAsync("postAuthLogin");
        await Assertions.Expect(tab.Page.Locator("#who")).ToHaveTextAsync("Signed in as ann");
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
        tab.IsContent();
    }

    [Fact]
    public async Task The_page_shows_every_operation_finds_them_by_words_and_fits_a_phone()
    {
        await tab.Page.SetViewportSizeAsync(390, 800);
        await tab.OpenAsync($"{server.Address}docs");
        var operations = tab.Page.Locator(".operation");
        await Assertions.Expect(operations).ToHaveCountAsync((await OpenApiDocument.ReadAsync(client)).Operations.Count());
        await tab.Page.EvaluateAsync("document.querySelectorAll('.operation').forEach(one => { one.open = true; })");
        await Assertions.Expect(tab.Page.Locator(".inside")).ToHaveCountAsync(await operations.CountAsync());
        Assert.Equal(390, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await tab.Page.GetByLabel("Find an operation").FillAsync("post logout all");
        await Assertions.Expect(tab.Page.Locator(".operation:visible")).ToHaveCountAsync(1);
        tab.IsContent();
    }

    private async Task<Person> RegisterAsync()
    {
        var person = Some.Person();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        return person;
    }

    private async Task SignInAsync(Person person)
    {
        await EnterAsync(person);
        await IsSignedInAsync(person);
    }

    private async Task EnterAsync(Person person)
    {
        await OpenAsync("getAuthMe");
        await tab.Page.Locator("#sign-in").ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Sign in" });
        await dialog.GetByLabel("Email or username").FillAsync(person.Email);
        await dialog.GetByLabel("Password").FillAsync(person.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private Task IsSignedInAsync(Person person) => Assertions.Expect(tab.Page.Locator("#who")).ToHaveTextAsync($"Signed in as {person.Username}");

    private Task OpenAsync(string operation) => tab.OpenAsync($"{server.Address}docs#{operation}");

    private Task SendAsync(string operation) =>
        tab.Page.Locator($"#{operation}").GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

    private async Task ShowsAsync(string operation, string status, string body)
    {
        await Assertions.Expect(tab.Page.Locator($"#{operation} .status")).ToContainTextAsync(status);
        await Assertions.Expect(tab.Page.Locator($"#{operation} .result")).ToContainTextAsync(body);
    }
}
