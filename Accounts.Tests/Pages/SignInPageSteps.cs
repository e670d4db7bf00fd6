using Accounts.Tests.Support;
using Microsoft.Playwright;

namespace Accounts.Tests.Pages;

/// <summary>The steps of signing in at our own page.</summary>
internal static class SignInPageSteps
{
    public const string Title = "Sign in", Name = "Email or username";

    /// <summary>A page that is not the one of signing in, and asks for nothing.</summary>
    public const string Next = "signed-out";

    public static async Task OpenSignInAsync(this BrowserTab tab, TestServer server, string next = $"/{Next}")
    {
        await tab.OpenAsync($"{server.Address}sign-in?next={Uri.EscapeDataString(next)}");
        await tab.SaysAsync(Title);
    }

    public static async Task SignInByPasswordAsync(this BrowserTab tab, string name, string password)
    {
        await tab.FillAsync(Name, name);
        await tab.FillAsync("Password", password);
        await tab.ClickAsync(Title);
    }

    /// <summary>Until the page has led on.</summary>
    public static Task ArriveAsync(this BrowserTab tab, TestServer server) => tab.Page.WaitForURLAsync($"{server.Address}{Next}", new() { Timeout = 15_000 });

    public static Task NoticesAsync(this BrowserTab tab, string id, string text) => Assertions.Expect(tab.Page.Locator($"#{id}")).ToContainTextAsync(text);
}
