using System.Text.Json.Nodes;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Support;

namespace Accounts.Tests.Integrations;

/// <summary>A server with programs and a client that introspects, and the services by every integration that take its tokens.</summary>
public sealed class IntegrationFixture(Postgres postgres) : SharedServer(postgres, ProgramServer.Settings)
{
    /// <summary>A service of its own, without users of its own.</summary>
    public Task<IntegrationService> StartAsync(string name, JsonObject? settings = null)
    {
        settings ??= [];
        settings["client"] = new JsonArray("orders", ProgramServer.Orders);
        if (name is "django" or "rest")
        {
            settings["LEGACY_FIELD"] = null;
        }
        return IntegrationService.StartAsync(name, Server.Address, settings);
    }
}
