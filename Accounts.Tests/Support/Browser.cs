using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Accounts.Tests.Support;

/// <summary>Debian's Chromium, without its windows where that is installed, started when the first test asks for it and shared by all of them.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly BrowserTypeLaunchOptions Chromium = new()
    {
        ExecutablePath = Array.Find(["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"], File.Exists) ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    };

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Chromium)>> started = new(StartAsync);

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(Chromium));
    }

    /// <summary>A browser without a past, as far as its owner is concerned, with one empty tab.</summary>
    /// <param name="options">its window, language and the like; the usual ones where null</param>
    public async Task<BrowserTab> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var (_, chromium) = await started.Value;
        return new BrowserTab(await (await chromium.NewContextAsync(options)).NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            var (driver, chromium) = await started.Value;
            await chromium.DisposeAsync();
            driver.Dispose();
        }
    }
}
