using Accounts.Tests.Deletion;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The pages of "this wasn't me", in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSecurityTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient thief = null!;
    private Person person = null!;
    private BrowserTab tab = null!;
    private string link = "";

    public async ValueTask InitializeAsync()
    {
        thief = server.Client(UserAgents.Chrome);
        tab = await browser.OpenAsync();
        person = await server.RegisterVerifiedAsync(thief);
        await thief.StealAsync(person, "stolen-tulips-44");
        link = $"{server.Address}security#token={await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed)}";
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        thief.Dispose();
    }

    [Fact]
    public async Task SG_08_The_first_page_shows_the_changes_and_freezes_and_the_second_has_the_account_back()
    {
        var mailbox = Some.Email();
        await server.MoveAsync(thief, mailbox);
        Assert.Equal(204, (await thief.DeleteAccountAsync("stolen-tulips-44")).Status);
        await tab.OpenAsync(link);
        await tab.SaysAsync("Was this you?");
        await Assertions.Expect(tab.Page.Locator("#events dt")).ToHaveTextAsync(["The password was changed", "The email address was changed", "The account was deleted"]);
        await Assertions.Expect(tab.Page.Locator("#events dd")).ToContainTextAsync(["Chrome on Windows", "Chrome on Windows", "Chrome on Windows"]);
        await Assertions.Expect(tab.Page.Locator("main")).Not.ToContainTextAsync("@");
        Assert.Equal($"{server.Address}security", tab.Page.Url);
        Assert.Equal(0, await server.Database.EventsAsync(person with { Email = mailbox }, "account_frozen"));
        await tab.ClickAsync("No, freeze the account");
        await tab.SaysAsync("The account is frozen");
        (await thief.LoginAsync(new Person(person.Username, mailbox, "stolen-tulips-44"))).AssertRefused(403, "account_frozen");

        await tab.OpenAsync($"{server.Address}recover-account#token={await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen)}");
        await tab.SaysAsync("Have your account back");
        await tab.FillAsync("New password", Some.OtherPassword);
        await tab.ClickAsync("Have it back");
        await tab.SaysAsync("Your account is as it was");
        await thief.SignInAsync(person with { Password = Some.OtherPassword });
        tab.IsContent();
    }

    [Fact]
    public async Task A_link_that_was_followed_before_says_that_the_account_is_frozen()
    {
        await thief.FreezeAsync(link.Split('=')[1]);
        await tab.OpenAsync(link);
        await tab.SaysAsync("The account is frozen");
        tab.IsContent();
    }

    [Theory]
    [InlineData("security#token=garbage", "This link does not work any more")]
    [InlineData("security", "Open the link in our mail")]
    [InlineData("recover-account", "Open the link in our mail")]
    public async Task Without_a_good_token_it_says_what_to_do(string path, string heading)
    {
        await tab.OpenAsync($"{server.Address}{path}");
        await tab.SaysAsync(heading);
        tab.IsContent();
    }

    [Theory]
    [InlineData(320), InlineData(390), InlineData(1280)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        await tab.Page.SetViewportSizeAsync(width, 800);
        await tab.OpenAsync(link);
        await tab.SaysAsync("Was this you?");
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
