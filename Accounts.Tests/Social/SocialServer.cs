using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>A server with all providers, which are one double, shared by the tests of a class; a class derives one with settings of its own.</summary>
public class SocialServer : IAsyncLifetime
{
    private readonly Postgres postgres;
    private readonly (string Key, string Value)[] settings;

    public SocialServer(Postgres postgres)
        : this(postgres, [])
    {
    }

    protected SocialServer(Postgres postgres, params (string Key, string Value)[] settings) => (this.postgres, this.settings) = (postgres, settings);

    public ProviderDouble Provider { get; private set; } = null!;

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await ProviderDouble.StartAsync();
        Server = await TestServer.StartAsync(postgres, [.. Provider.Settings, .. settings]);
    }

    /// <summary>The double, without what the test before had it fail at.</summary>
    public ProviderDouble Mended()
    {
        Provider.Mend();
        return Provider;
    }

    /// <summary>For a server of its own.</summary>
    public Task<string> CreateDatabaseAsync() => postgres.CreateDatabaseAsync();

    /// <summary>Another with other settings, at the same providers.</summary>
    public Task<TestServer> StartAnotherAsync(params (string Key, string Value)[] settings) => TestServer.StartAsync(postgres, [.. Provider.Settings, .. settings]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
