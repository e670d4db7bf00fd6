using System.Text.Json;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>The steps of signing in by mail in a browser.</summary>
internal static class EmailCodePageSteps
{
    /// <summary>As a front end does, in the tab; the link of the mail.</summary>
    public static async Task<string> AskLinkAsync(this TestServer server, BrowserTab tab, string email, string subject = EmailCodeSteps.Subject)
    {
        await tab.OpenAsync($"{server.Address}forgot-password");
        Assert.Equal(200, await tab.PostCodeAsync("", new { email }));
        return (await server.CodeMailAsync(email, subject: subject)).Text.Split().Single(word => word.Contains("#token=", StringComparison.Ordinal));
    }

    public static async Task<int> PostCodeAsync(this BrowserTab tab, string path, object body) => (await tab.Page.EvaluateAsync<JsonElement>(
        "([path, body]) => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then(response => response.status)",
        new object[] { EmailCodeSteps.Root + path, body })).GetInt32();

    public static async Task<string[]> CookiesAsync(this BrowserTab tab) => [.. (await tab.Page.Context.CookiesAsync()).Select(cookie => cookie.Name).Order(StringComparer.Ordinal)];
}
