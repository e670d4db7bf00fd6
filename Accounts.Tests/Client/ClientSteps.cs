using System.Text.Json;
using Accounts.Tests.Support;

namespace Accounts.Tests.Client;

/// <summary>What a page does with the client.</summary>
internal static class ClientSteps
{
    /// <summary>Opens the app, and waits until the client knows who is there.</summary>
    /// <returns>who that is</returns>
    public static async Task<string?> OpenAppAsync(this BrowserTab tab, ClientApp app)
    {
        await tab.OpenAsync(app.Address);
        return await tab.ReadyAsync();
    }

    public static async Task<string?> ReadyAsync(this BrowserTab tab)
    {
        await tab.Page.WaitForFunctionAsync("window.ready");
        return await tab.Page.EvaluateAsync<string?>("ready");
    }

    /// <summary>Runs an expression of the page's; what the client throws comes as its code.</summary>
    public static Task<JsonElement> RunAsync(this BrowserTab tab, string expression, object? given = null) => tab.Page.EvaluateAsync<JsonElement>(
        $"async given => {{ try {{ return await ({expression}) ?? null; }} catch (error) {{ return {{ error: error.code ?? String(error), status: error.status, fields: error.fields }}; }} }}", given);

    public static Task<JsonElement> LoginAsync(this BrowserTab tab, Person person) =>
        tab.RunAsync("accounts.login(given)", new { email = person.Email, password = person.Password });

    /// <summary>Who the page thinks is signed in.</summary>
    public static Task<string?> UserAsync(this BrowserTab tab) => tab.Page.EvaluateAsync<string?>("accounts.user?.username ?? null");

    public static Task BecomesAsync(this BrowserTab tab, string? username) =>
        Until.TrueAsync(async () => await tab.UserAsync() == username, $"the tab knows that {username ?? "nobody"} is signed in");

    /// <summary>What the server says of the page's token.</summary>
    public static async Task<string?> MeAsync(this BrowserTab tab)
    {
        var me = await tab.RunAsync("accounts.me()");
        return me.Text("username") ?? me.Text("error");
    }

    public static string? Text(this JsonElement answer, string member) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(member, out var value) ? value.ToString() : null;

    /// <summary>As a lid that was closed for so long, or a clock that somebody set.</summary>
    public static Task MoveClockAsync(this BrowserTab tab, TimeSpan by) =>
        tab.Page.EvaluateAsync("by => { const now = Date.now; Date.now = () => now() + by; }", by.TotalMilliseconds);
}
