using Accounts.Tests.EmailChange;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The page that the mail to a new address leads to, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserChangeEmailTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task EV_02_The_page_asks_first_and_changes_the_address_once()
    {
        using var client = server.Client();
        var (person, email) = (await client.SignInSomebodyAsync(), Some.Email());
        var token = await server.ChangeTokenAsync(client, email);
        var link = $"{server.Address}confirm-email#token={token}";
        await using var tab = await browser.OpenAsync();
        await tab.OpenAsync(link);
        await tab.SaysAsync("Confirm your new email");
        Assert.Equal((1, 0), (await server.Database.UsersAsync(person.Email), await server.Database.UsersAsync(email)));
        await tab.ClickAsync("Yes, use this address");
        await tab.SaysAsync("Your new email is confirmed");
        Assert.Equal((0, 1), (await server.Database.UsersAsync(person.Email), await server.Database.UsersAsync(email)));
        tab.IsContent();
        await using var again = await browser.OpenAsync();
        await again.OpenAsync(link);
        await again.ClickAsync("Yes, use this address");
        await again.SaysAsync("This link does not work any more");
    }
}
