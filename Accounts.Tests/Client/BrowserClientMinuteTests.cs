using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>The server is gone for a whole minute, in which two tabs go on asking with tokens that have expired.</summary>
[Trait("Pace", "long")]
public sealed class BrowserClientMinuteTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Minute = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromSeconds(1);

    private TestServer server = null!;
    private ClientApp app = null!;
    private BrowserTab[] tabs = [];

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        app = await ClientApp.StartAsync(server.Address);
        var tab = await browser.OpenAsync();
        tabs = [tab, await tab.OpenAnotherAsync()];
    }

    public async ValueTask DisposeAsync()
    {
        await tabs[0].DisposeAsync();
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_signs_nobody_out()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await tabs[0].OpenAppAsync(app);
        await tabs[0].LoginAsync(person);
        Assert.Equal(person.Username, await tabs[1].OpenAppAsync(app));
        var (address, database) = (server.Address, server.Database.ConnectionString);
        await server.DisposeAsync();
        await Task.WhenAll(tabs.Select(tab => tab.MoveClockAsync(Hour)));
        for (var gone = Stopwatch.StartNew(); gone.Elapsed < Minute; await Task.Delay(Pause))
        {
            Assert.All(await AskAsync(), answer => Assert.Equal("unavailable", answer));
        }
        server = await TestServer.StartOnAsync(database, ("urls", $"http://127.0.0.1:{address.Port}"), ("Accounts:PublicUrl", $"http://localhost:{address.Port}"));
        Assert.All(await AskAsync(), answer => Assert.Equal(person.Username, answer));
        Assert.Equal($"""["{person.Username}"]""", (await tabs[1].RunAsync("heard")).GetRawText());
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", SessionRow.Open));
    }

    private Task<string?[]> AskAsync() => Task.WhenAll(tabs.Select(tab => tab.MeAsync()));
}
