using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>The server twice: under the plain locale, and where I is not the capital of i.</summary>
public sealed class LocaleServers(Postgres postgres) : IAsyncLifetime
{
    public const string Plain = "C", Turkish = "tr_TR.UTF-8";

    private readonly Dictionary<string, ServerProcess> servers = [];

    public ServerProcess this[string locale] => servers[locale];

    public async ValueTask InitializeAsync()
    {
        servers[Plain] = await StartAsync(Plain);
        servers[Turkish] = await StartAsync(Turkish);
    }

    private async Task<ServerProcess> StartAsync(string locale) => await ServerProcess.StartAsync(
        await postgres.CreateDatabaseAsync(), ("LANG", locale), ("LC_ALL", locale), ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0"));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
