using System.Text.RegularExpressions;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page of one's own account in a real browser: who somebody is, and where they are signed in.</summary>
[Trait("Pace", "long")]
public sealed class BrowserAccountTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>, IAsyncLifetime
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
    public async Task Names_are_changed_and_what_is_wrong_stands_beside_its_field()
    {
        using var client = server.Client();
        var somebody = await client.RegisterSomebodyAsync();
        await tab.EnterAsync(server, person);
        await tab.SaysAsync("Profile");
        await tab.FillAsync("First name", "Ann");
        await tab.FillAsync("Username", somebody.Username);
        await tab.ClickAsync("Save");
        await tab.BlamesAsync("#profile-username", "already exists");
        await tab.FillAsync("Username", $"{person.Username}x");
        await tab.Page.Locator("#profile-locale").SelectOptionAsync("en");
        await tab.ClickAsync("Save");
        await tab.TellsAsync("Saved.");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"username = '{person.Username}x' AND first_name = 'Ann' AND locale = 'en'"));
        await Assertions.Expect(tab.Page.Locator("#whose")).ToContainTextAsync($"{person.Username}x");
        tab.IsContent();
    }

    [Fact]
    public async Task A_new_address_waits_for_its_mail_and_is_there_when_the_link_was_followed()
    {
        var address = Some.Email();
        await tab.EnterAsync(server, person, "address");
        await tab.FillAsync("New address", "nobody");
        await tab.ClickAsync("Change the address");
        await tab.BlamesAsync("#address-new", "This is no email address.");
        await tab.FillAsync("New address", address);
        await tab.ClickAsync("Change the address");
        await tab.SaysAsync("Look in your inbox");
        await tab.Page.ReloadAsync();
        await tab.SaysAsync("Look in your inbox");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
        await using var another = await tab.OpenAnotherAsync();
        await another.OpenAsync(AccountPageSteps.LinkOf(await server.Mailbox.WaitAsync(address)));
        await another.ClickAsync("Yes, use this address");
        await another.SaysAsync("Your new email is confirmed");
        // As who comes back to this tab.
        await tab.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await Assertions.Expect(tab.Page.Locator("#part-address dd")).ToHaveTextAsync(new Regex($"{address}.*Verified"));
        await Assertions.Expect(tab.Page.Locator("#address-pending")).ToBeHiddenAsync();
        tab.IsContent();
    }

    [Fact]
    public async Task A_new_password_takes_the_old_one_and_signs_others_out()
    {
        using var other = server.Client();
        await other.SignInAsync(person);
        await tab.EnterAsync(server, person, "password");
        await tab.FillAsync("Your password now", "wrong-horse-1");
        await tab.FillAsync("New password", Some.OtherPassword);
        await tab.ClickAsync("Change the password");
        await tab.BlamesAsync("#password-old", "password");
        await tab.FillAsync("Your password now", person.Password);
        await tab.ClickAsync("Change the password");
        await tab.TellsAsync("Your password is changed.");
        await other.AssertOutAsync();
        await other.SignInAsync(person with { Password = Some.OtherPassword });
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await tab.SaysAsync("Devices");
        tab.IsContent();
    }

    [Fact]
    public async Task Who_signs_in_by_a_provider_sets_a_first_password()
    {
        await tab.OpenAsync($"{server.Address}api/auth/social/fake/login/?next={server.Address}account%23password");
        await tab.ChoosePersonAsync("Vera Verified");
        await tab.SaysAsync("Password");
        await tab.FillAsync("New password", Some.OtherPassword);
        await tab.ClickAsync("Set the password");
        await tab.ConfirmByMailAsync(server, "vera@example.com");
        await tab.TellsAsync("Your password is set.");
        await Assertions.Expect(tab.Page.Locator("#password-old")).ToBeVisibleAsync();
        using var client = server.Client();
        await client.SignInAsync(new Person("", "vera@example.com", Some.OtherPassword));
        tab.IsContent();
    }

    [Fact]
    public async Task Other_devices_are_seen_and_signed_out_one_by_one_or_all()
    {
        using var phone = server.Client(UserAgents.Chrome);
        using var tablet = server.Client();
        await phone.SignInAsync(person);
        await tab.EnterAsync(server, person, "devices");
        await Assertions.Expect(tab.Page.Locator("#session-rows li")).ToHaveCountAsync(2);
        await Assertions.Expect(tab.Page.Locator("#session-rows li").First).ToContainTextAsync("This device");
        await tab.ClickAsync("Sign out Chrome on Windows");
        await tab.TellsAsync("is signed out.");
        await phone.AssertOutAsync();
        await tablet.SignInAsync(person);
        await phone.SignInAsync(person);
        await tab.Page.ReloadAsync();
        await tab.ClickAsync("Sign out all other devices");
        await tab.AgreeAsync();
        await tab.TellsAsync("All other devices are signed out.");
        await Assertions.Expect(tab.Page.Locator("#session-rows li")).ToHaveCountAsync(1);
        await phone.AssertOutAsync();
        await tablet.AssertOutAsync();
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        tab.IsContent();
    }

    [Fact]
    public async Task A_visitor_goes_to_the_sign_in_and_who_is_signed_out_elsewhere_is_told()
    {
        await tab.OpenAsync($"{server.Address}account#password");
        await tab.Page.WaitForURLAsync($"{server.Address}sign-in?next=%2Faccount%23password");
        using var other = server.Client();
        await other.SignInAsync(person);
        await tab.EnterAsync(server, person);
        await tab.SaysAsync("Profile");
        await other.PostAsync("/api/auth/logout/all/");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await tab.Page.WaitForURLAsync($"{server.Address}signed-out");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        tab.IsContent();
    }

    [Fact]
    public async Task Signing_out_in_one_tab_takes_the_others_along()
    {
        await tab.EnterAsync(server, person);
        await tab.SaysAsync("Profile");
        await using var another = await tab.OpenAnotherAsync();
        await another.OpenAsync($"{server.Address}account#devices");
        await another.SaysAsync("Devices");
        await tab.ClickAsync("Sign out");
        await tab.Page.WaitForURLAsync($"{server.Address}signed-out");
        await another.Page.WaitForURLAsync($"{server.Address}signed-out");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task Without_a_network_what_was_typed_stays_and_can_be_sent_again()
    {
        await tab.EnterAsync(server, person);
        await tab.SaysAsync("Profile");
        await tab.FillAsync("First name", "Ann");
        await tab.Page.Context.SetOfflineAsync(true);
        await tab.ClickAsync("Save");
        await Assertions.Expect(tab.Page.Locator("#part-profile .notice")).ToContainTextAsync("You are offline.");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await tab.SaysAsync("Not just now");
        await tab.Page.GoBackAsync();
        await tab.SaysAsync("Profile");
        await Assertions.Expect(tab.Page.Locator("#profile-first")).ToHaveValueAsync("Ann");
        await tab.Page.Context.SetOfflineAsync(false);
        await tab.ClickAsync("Save");
        await tab.TellsAsync("Saved.");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "first_name = 'Ann'"));
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        await tab.Page.SetViewportSizeAsync(width, 800);
        await tab.EnterAsync(server, person, "devices");
        await tab.SaysAsync("Devices");
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        if (width < 800)
        {
            await tab.Page.Locator("#menu").ClickAsync();
        }
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Profile" }).ClickAsync();
        await tab.SaysAsync("Profile");
        await tab.Page.GoBackAsync();
        await tab.SaysAsync("Devices");
        tab.IsContent();
    }
}
