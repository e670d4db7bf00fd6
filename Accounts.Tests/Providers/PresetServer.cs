using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>A server with the presets and two named issuers, shared by the tests of a class.</summary>
public sealed class PresetServer(Postgres postgres) : IAsyncLifetime
{
    public PresetDouble Provider { get; private set; } = null!;

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await PresetDouble.StartAsync();
        Server = await TestServer.StartAsync(postgres, Provider.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
