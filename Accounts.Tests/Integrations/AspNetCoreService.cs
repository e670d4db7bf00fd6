using System.Security.Claims;
using System.Text.Json.Nodes;
using Accounts.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Accounts.Tests.Integrations;

/// <summary>A service of ASP.NET Core, in this process.</summary>
internal static class AspNetCoreService
{
    public static async Task<IAsyncDisposable> StartAsync(int port, JsonObject settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        builder.Services.AddAccounts((string)settings["issuer"]!, (string?)settings["audience"], accounts =>
        {
            accounts.Server = (string?)settings["server"];
            accounts.Client = settings["client"] is { } client ? ((string)client[0]!, (string)client[1]!) : null;
            accounts.Follow = (bool?)settings["follow"] ?? accounts.Follow;
            accounts.KeysLifetime = TimeSpan.FromSeconds((double?)settings["keys_lifetime"] ?? accounts.KeysLifetime.TotalSeconds);
            accounts.KeysPause = TimeSpan.FromSeconds((double?)settings["keys_pause"] ?? accounts.KeysPause.TotalSeconds);
        });
        var app = builder.Build();
        Map(app);
        await app.StartAsync();
        return app;
    }

    private static void Map(WebApplication app)
    {
        RouteHandlerBuilder Route(string path) => app.MapGet(path, (ClaimsPrincipal user) => new
        {
            user = user.FindFirstValue("sub"), roles = user.FindAll("roles").Select(role => role.Value),
        });
        Route("/whoami").RequireAccounts();
        Route("/editors").RequireAccounts("editor");
        Route("/either").RequireAccounts("owner, editor");
        Route("/payouts").RequireAccounts(acr: "aal2", maxAge: 300);
        Route("/strong").RequireAccounts(acr: "aal2");
        Route("/fresh").RequireAccounts(maxAge: 300);
        Route("/transfers").RequireAccounts(live: true);
        Route("/audits").RequireAccounts("auditor", live: true);
        Route("/jobs").RequireAccounts(machine: true);
        Route("/invoices").RequireAccounts("invoices", machine: true);
        Route("/signed-jobs").RequireAccounts(machine: true, maxAge: 300);
        Route("/live-jobs").RequireAccounts(machine: true, live: true);
        Route("/bare").RequireAuthorization();
        app.MapGet("/following", (Accounts.AspNetCore.EndedSessions ended) => new { following = ended.Following });
    }
}
