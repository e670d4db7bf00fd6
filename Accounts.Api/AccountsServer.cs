using Accounts.Api.Development;
using Accounts.Api.Http;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Accounts.Core.SigningKeys;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Accounts.Api;

/// <summary>A built server and what it owns; disposed in the order in which the parts need each other.</summary>
public sealed class AccountsServer(WebApplication app, PrivatePostgres? postgres) : IAsyncDisposable
{
    public WebApplication App => app;

    /// <summary>Brings the database to today's schema and loads the signing keys, before the first request is taken.</summary>
    /// <exception cref="StartupException">with what to do</exception>
    public async Task PrepareAsync(CancellationToken cancellation = default)
    {
        SettingsInspection.Demand(app);
        app.Services.GetRequiredService<RuntimeCheck>().WarnIfOld();
        await DatabaseUpgrade.ApplyAsync(app.Services.GetRequiredService<DatabaseAddress>().ConnectionString, cancellation);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SigningKeyStore>().LoadAsync(cancellation);
    }

    /// <exception cref="StartupException">the port is taken</exception>
    public async Task<int> RunAsync()
    {
        app.Configuration.DemandFreePort();
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw AddressSetup.PortTaken(e.Message);
        }
        Greet();
        await app.WaitForShutdownAsync();
        return 0;
    }

    private void Greet()
    {
        if (postgres is null || !app.Environment.IsDevelopment())
        {
            return;
        }
        var address = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.Origin;
        Console.WriteLine($"""

            Accounts is running    {address}
            Mail is read at        {address}/dev/mailbox
            The data lies in       {Path.GetDirectoryName(postgres.DataFolder)}
            Ctrl+C ends it, and its PostgreSQL with it.

            """);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
    }
}
