using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The steps of who uses the page of the administration.</summary>
internal static class AdminPageSteps
{
    /// <summary>Signed in as a front end would have it, and the page opened at a part of it.</summary>
    public static async Task AdministerAsync(this BrowserTab tab, TestServer server, Person person, string part)
    {
        var answer = await tab.Page.Context.APIRequest.PostAsync($"{server.Address}api/auth/login/", new() { DataObject = new { email = person.Email, password = person.Password } });
        Assert.Equal(200, answer.Status);
        await tab.OpenAsync($"{server.Address}admin#{part}");
    }

    /// <summary>Waits until the page of a user says that something is done.</summary>
    public static Task TellsOfUserAsync(this BrowserTab tab, string text) => Assertions.Expect(tab.Page.Locator("#user-notice")).ToHaveTextAsync(text);

    /// <summary>Presses the button of the question that is open.</summary>
    public static Task AnswerAsync(this BrowserTab tab, string button) =>
        tab.Page.Locator("#question").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>A fact of the user that is shown.</summary>
    public static Task ShowsFactAsync(this BrowserTab tab, string term, string fact) =>
        Assertions.Expect(tab.Page.Locator($"#user dl.facts dt:text-is('{term}') + dd")).ToHaveTextAsync(fact);
}
