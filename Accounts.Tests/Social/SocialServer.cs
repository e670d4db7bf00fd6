using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>A server with all providers, which are one double, shared by the tests of a class.</summary>
public sealed class SocialServer(Postgres postgres) : IAsyncLifetime
{
    public ProviderDouble Provider { get; private set; } = null!;

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await ProviderDouble.StartAsync();
        Server = await TestServer.StartAsync(postgres, Provider.Settings);
    }

    /// <summary>Another with other settings, at the same providers.</summary>
    public Task<TestServer> StartAnotherAsync(params (string Key, string Value)[] settings) => TestServer.StartAsync(postgres, [.. Provider.Settings, .. settings]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
