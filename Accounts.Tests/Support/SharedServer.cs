using Xunit;

namespace Accounts.Tests.Support;

/// <summary>One server for all tests of a class: for those that need no settings of their own and look at their own users only.</summary>
public sealed class SharedServer(Postgres postgres) : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(postgres);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
