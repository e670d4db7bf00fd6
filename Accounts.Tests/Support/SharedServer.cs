using Xunit;

namespace Accounts.Tests.Support;

/// <summary>
/// One server for all tests of a class: for those that look at their own users only. Where they need settings of their own,
/// the class derives one that has them.
/// </summary>
public class SharedServer : IAsyncLifetime
{
    private readonly Postgres postgres;
    private readonly (string Key, string Value)[] settings;

    public SharedServer(Postgres postgres)
        : this(postgres, [])
    {
    }

    protected SharedServer(Postgres postgres, params (string Key, string Value)[] settings) => (this.postgres, this.settings) = (postgres, settings);

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(postgres, settings);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
