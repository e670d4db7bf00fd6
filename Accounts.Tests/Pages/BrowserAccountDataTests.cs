using System.Text.Json;
using Accounts.Tests.Deletion;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>Connected accounts, tokens, activity, export and the end, on the page of one's own account.</summary>
[Trait("Pace", "long")]
public sealed class BrowserAccountDataTests(SharedServer shared, Browser browser, Postgres postgres) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private Person person = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        tab = await browser.OpenAsync();
        using var client = server.Client();
        person = await server.RegisterVerifiedAsync(client);
    }

    public ValueTask DisposeAsync() => tab.DisposeAsync();

    [Fact]
    public async Task A_provider_is_connected_and_the_page_is_back_where_it_was()
    {
        await tab.EnterAsync(server, person, "providers");
        await tab.ClickAsync("Connect Fake provider");
        await tab.ChoosePersonAsync("Dora Decliner");
        await Assertions.Expect(tab.Page.Locator("#part-providers .notice")).ToHaveTextAsync("You ended it there, so nothing was connected.");
        await tab.ClickAsync("Connect Fake provider");
        await tab.ChoosePersonAsync("Ada Authoritative");
        await tab.TellsAsync("The account is connected.");
        Assert.Equal($"{server.Address}account#providers", tab.Page.Url);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "'fake' = ANY (ways)"));
        await tab.ClickAsync("Disconnect Fake provider");
        await tab.AgreeAsync();
        await tab.TellsAsync("Fake provider is disconnected.");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email, "'fake' = ANY (ways)"));
        tab.IsContent();
    }

    [Fact]
    public async Task The_only_way_in_stays_and_the_page_says_why()
    {
        await tab.OpenAsync($"{server.Address}api/auth/social/fake/login/?next={server.Address}account%23providers");
        await tab.ChoosePersonAsync("Vera Verified");
        await tab.ClickAsync("Disconnect Fake provider");
        await tab.AgreeAsync();
        await tab.ConfirmByMailAsync(server, "vera@example.com");
        await Assertions.Expect(tab.Page.Locator("#question .notice")).ToContainTextAsync("This is your only way to sign in");
        Assert.Equal(1, await server.Database.UsersAsync("vera@example.com", "'fake' = ANY (ways)"));
        tab.IsContent();
    }

    [Fact]
    public async Task A_token_is_shown_once_and_deleted()
    {
        await tab.EnterAsync(server, person, "tokens");
        await tab.ClickAsync("Make the token");
        await tab.BlamesAsync("#token-name", "Please fill this in.");
        await tab.FillAsync("Name", "Backup");
        await tab.ClickAsync("Make the token");
        await tab.SaysAsync("Your new token");
        var token = await tab.Page.Locator("#token-shown").TextContentAsync();
        using var client = server.Client();
        Assert.Equal(person.Username, (await client.MeAsync(token))["username"]);
        await tab.ClickAsync("I have kept it");
        await Assertions.Expect(tab.Page.Locator("#token-shown")).ToHaveTextAsync("");
        // Deleted in another tab meanwhile, it is gone all the same.
        await server.Database.ExecuteAsync("DELETE FROM api_tokens t USING users u WHERE u.id = t.user_id AND u.email = @email", ("email", person.Email));
        await tab.ClickAsync("Delete Backup");
        await tab.AgreeAsync();
        await tab.TellsAsync("was gone already");
        await Assertions.Expect(tab.Page.Locator("#tokens-none")).ToBeVisibleAsync();
        tab.IsContent();
    }

    [Fact]
    public async Task What_happened_is_told_page_by_page()
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO security_events (id, user_id, kind, at, ip, user_agent, count)
            SELECT gen_random_uuid(), u.id, 'profile_of_tomorrow', now() - i * interval '1 hour', '192.0.2.1', '', 1 FROM users u, generate_series(1, 25) i WHERE u.email = @email
            """, ("email", person.Email));
        await tab.EnterAsync(server, person, "activity");
        await Assertions.Expect(tab.Page.Locator("#activity-rows li").First).ToContainTextAsync("Signed in");
        await Assertions.Expect(tab.Page.Locator("#activity-rows li")).ToHaveCountAsync(20);
        await tab.ClickAsync("Older");
        await Assertions.Expect(tab.Page.Locator("#activity-rows li").Last).ToContainTextAsync("profile of tomorrow");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Older" })).ToHaveCountAsync(0);
        await tab.ClickAsync("Newer");
        await Assertions.Expect(tab.Page.Locator("#activity-rows li")).ToHaveCountAsync(20);
        tab.IsContent();
    }

    [Fact]
    public async Task What_is_stored_is_downloaded()
    {
        await tab.EnterAsync(server, person, "export");
        var file = await tab.Page.RunAndWaitForDownloadAsync(() => tab.ClickAsync("Download my data"));
        using var data = JsonDocument.Parse(await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal(person.Email, data.RootElement.GetProperty("users")[0].GetProperty("email").GetString());
        await tab.TellsAsync("Your data is in your downloads.");
        tab.IsContent();
    }

    [Fact]
    public async Task A_deleted_account_says_until_when_it_can_be_had_back_in_every_tab()
    {
        await tab.EnterAsync(server, person, "delete");
        await using var another = await tab.OpenAnotherAsync();
        await another.OpenAsync($"{server.Address}account#profile");
        await another.SaysAsync("Profile");
        await Assertions.Expect(tab.Page.Locator("#part-delete")).ToContainTextAsync("For 14 days you may change your mind");
        await tab.ClickAsync("Delete my account");
        await tab.SaysAsync("Delete your account?");
        await tab.PressAsync("Escape");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete my account" })).ToBeFocusedAsync();
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        await tab.ClickAsync("Delete my account");
        await tab.AgreeAsync();
        await tab.SaysAsync("Your account is deleted");
        await another.SaysAsync("Your account is deleted");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in and have it back" })).ToBeVisibleAsync();
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        using var client = server.Client();
        Assert.Equal(200, (await client.ReturnAsync(person)).Status);
        tab.IsContent();
    }

    [Fact]
    public async Task With_a_front_end_the_page_leads_back_there()
    {
        await using var other = await TestServer.StartAsync(postgres, ("Accounts:FrontendUrl", "https://app.example.test"));
        using var client = other.Client();
        var somebody = await other.RegisterVerifiedAsync(client);
        await tab.EnterAsync(other, somebody);
        await tab.SaysAsync("Profile");
        await Assertions.Expect(tab.Page.Locator("nav.onward a")).ToHaveAttributeAsync("href", "https://app.example.test/");
        tab.IsContent();
    }

    [Fact]
    public async Task Fields_of_the_setting_are_seen_and_changed()
    {
        const string Fields = """{"properties": {"company": {"type": "string", "title": "Company"}, "employees": {"type": "integer", "title": "Employees", "minimum": 1}, "news": {"type": "boolean", "title": "News"}}}""";
        await using var other = await TestServer.StartAsync(postgres, ("Accounts:Profile:Fields", Fields));
        using var client = other.Client();
        var somebody = await other.RegisterVerifiedAsync(client);
        await tab.EnterAsync(other, somebody);
        await tab.FillAsync("Company (optional)", "Ann & Co");
        await tab.Page.GetByLabel("Employees (optional)").FillAsync("0");
        await tab.Page.GetByLabel("News").CheckAsync();
        await tab.ClickAsync("Save");
        await Assertions.Expect(tab.Page.GetByLabel("Employees (optional)")).ToHaveAttributeAsync("aria-invalid", "true");
        await tab.Page.GetByLabel("Employees (optional)").FillAsync("12");
        await tab.ClickAsync("Save");
        await tab.TellsAsync("Saved.");
        await client.SignInAsync(somebody);
        var me = (await client.MeAsync()).Json;
        Assert.Equal(("Ann & Co", 12, true), (me.GetProperty("company").GetString(), me.GetProperty("employees").GetInt32(), me.GetProperty("news").GetBoolean()));
        tab.IsContent();
    }
}
