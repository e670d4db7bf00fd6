using Accounts.Tests.Support;

namespace Accounts.Tests.Client;

/// <summary>An example of <c>client/examples</c> by its name, with a server of its own.</summary>
public sealed class RunningExample : IAsyncDisposable
{
    private readonly IAsyncDisposable[] parts;

    private RunningExample(TestServer server, string address, params IAsyncDisposable[] parts) => (Server, Address, this.parts) = (server, address, parts);

    public TestServer Server { get; }

    public string Address { get; }

    public static async Task<RunningExample> StartAsync(string example, Postgres postgres)
    {
        if (example == "nextjs")
        {
            var site = await NextSite.StartAsync(postgres);
            return new RunningExample(site.Server, site.Address, site);
        }
        var server = await TestServer.StartAsync(postgres);
        if (example == "react")
        {
            var app = await ClientApp.StartAsync(ReactPage.Html(server.Address));
            return new RunningExample(server, app.Address, app, server);
        }
        var folder = await ExampleSite.StartAsync(example, server.Address);
        return new RunningExample(server, folder.Address, folder, server);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts)
        {
            await part.DisposeAsync();
        }
    }
}
