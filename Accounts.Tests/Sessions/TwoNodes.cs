using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Two servers with the usual settings, for all races that need no others.</summary>
[CollectionDefinition]
public sealed class TwoNodes(Postgres postgres) : ICollectionFixture<TwoNodes>, IAsyncLifetime
{
    public Nodes Nodes { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Nodes = await Nodes.StartAsync(postgres);

    public ValueTask DisposeAsync() => Nodes.DisposeAsync();
}
