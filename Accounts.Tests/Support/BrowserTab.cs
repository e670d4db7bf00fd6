using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>A tab in a browser of its own, and everything that it complained about.</summary>
public sealed class BrowserTab : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = new();

    public BrowserTab(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message);
        page.PageError += (_, error) => complaints.Enqueue(error);
    }

    public IPage Page { get; }

    public string[] Complaints => [.. complaints];

    /// <summary>Chromium reports every answer of 400 and above as an error; of our API that is no fault of the page.</summary>
    private void Note(IConsoleMessage message)
    {
        var isRefusal = message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal)
            && message.Location.Contains("/api/", StringComparison.Ordinal);
        if (message.Type is "error" or "warning" && !isRefusal)
        {
            complaints.Enqueue($"{message.Text} ({message.Location})");
        }
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<BrowserTab> OpenAnotherAsync() => new(await Page.Context.NewPageAsync());

    public async Task OpenAsync(string address)
    {
        // From a page to the same page with another fragment would be no navigation.
        await Page.GotoAsync("about:blank");
        await Page.GotoAsync(address);
    }

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await Page.Keyboard.PressAsync(key);
        }
    }

    public async Task ClickAsync(string button) => await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public async Task FillAsync(string label, string text) => await Page.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = true }).FillAsync(text);

    /// <summary>Waits until the page's heading says so.</summary>
    public async Task SaysAsync(string heading) =>
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync(new() { Timeout = 15_000 });

    /// <summary>Waits until the page's status line says so.</summary>
    public async Task ShowsStatusAsync(string text) =>
        await Assertions.Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync(text, new() { Timeout = 15_000 });

    /// <summary>No script failed, nothing was refused by a content security policy.</summary>
    public void IsContent() => Assert.Empty(complaints);

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
