using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>Fields of a setting on the page of the administration, in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserAdminFieldsTests(Postgres postgres, Browser browser)
{
    private const string Fields = """
        {"type": "object", "required": ["company"], "properties": {
          "company": {"type": "string", "title": "Company", "maxLength": 8}, "employees": {"type": "integer", "title": "Employees"},
          "newsletter": {"type": "boolean", "title": "Newsletter"}, "plan": {"type": "string", "title": "Plan", "readOnly": true}}}
        """;

    [Fact]
    public async Task They_are_asked_for_shown_and_changed_alone()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Profile:Fields", Fields.ReplaceLineEndings(" ")));
        using var other = server.Client();
        var (administrator, made) = (Some.Person(), Some.Person());
        Assert.Equal(201, (await other.PostAsync("/api/auth/register/", new { administrator.Username, administrator.Email, administrator.Password, company = "Ours" })).Status);
        await server.Database.ChangeAsync(administrator, "email_verified = true, roles = '{admin}'");
        await other.SignInAsync(administrator);
        await using var tab = await browser.OpenAsync();
        await tab.AdministerAsync(server, administrator, "users/new");
        await tab.Page.Locator("#new-username").FillAsync(made.Username);
        await tab.Page.Locator("#new-email").FillAsync(made.Email);
        await tab.Page.Locator("#new-company").FillAsync("Otters");
        await tab.ClickAsync("Make the user");
        await tab.SaysAsync(made.Username);
        await tab.ShowsFactAsync("Company", "Otters");
        await Assertions.Expect(tab.Page.Locator("#profile-plan")).ToHaveCountAsync(0);
        Assert.Equal(200, (await other.PatchAsync(await server.Database.AddressAsync(made), new { employees = 7 })).Status);
        await tab.Page.Locator("#profile-newsletter").CheckAsync();
        await tab.ClickAsync("Save the name");
        await Assertions.Expect(tab.Page.Locator("#profile-employees")).ToHaveValueAsync("7");
        await Assertions.Expect(tab.Page.Locator("#profile-newsletter")).ToBeCheckedAsync();
        await tab.ClickAsync("Save the name");
        await tab.TellsOfUserAsync("It is saved.");
        Assert.Equal(1, await server.Database.UsersAsync(made.Email, """extra @> '{"company": "Otters", "employees": 7, "newsletter": true}'"""));
        tab.IsContent();
    }
}
