using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>What the page for signing in costs who opens it.</summary>
[Trait("Pace", "slow")]
public sealed class SignInPageWeightTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    /// <summary>The budget: 60 kB as they are sent, pages as they would be behind a proxy that compresses them.</summary>
    [Fact]
    public async Task It_is_light_and_asks_for_little_and_nobody_else()
    {
        await using var tab = await browser.OpenAsync();
        var sent = new ConcurrentQueue<string>();
        tab.Page.Request += (_, request) => sent.Enqueue(request.Url);
        await tab.OpenSignInAsync(server);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Continue with Fake provider" })).ToBeVisibleAsync();
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var fetched = sent.Where(url => url.StartsWith("http", StringComparison.Ordinal)).ToArray();
        Assert.All(fetched, url => Assert.StartsWith($"{server.Address}", url, StringComparison.Ordinal));
        Assert.InRange(fetched.Length, 5, 20);
        using var client = server.Client();
        var bytes = 0L;
        foreach (var url in fetched.Where(url => !url.Contains("/api/", StringComparison.Ordinal)).Distinct())
        {
            bytes += Compressed((await client.GetAsync(new Uri(url).PathAndQuery)).Text);
        }
        Assert.InRange(bytes, 5_000, 60_000);
    }

    [Theory]
    [InlineData(320), InlineData(640)]
    public async Task It_fits_the_width_of_the_window(int width)
    {
        await using var tab = await browser.OpenAsync();
        await tab.Page.SetViewportSizeAsync(width, 900);
        await tab.OpenSignInAsync(server);
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static long Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return bytes.Length;
    }
}
