using Accounts.Api.Compatibility;
using Accounts.Api.Hosting;
using Accounts.Api.Origins;
using Accounts.Api.Telemetry;
using Accounts.Core.Data;
using Accounts.Core.Data.Upgrade;
using Accounts.Core.Failures;
using Accounts.Core.Restoring;
using Accounts.Core.SigningKeys;
using Microsoft.AspNetCore.Connections;

namespace Accounts.Api;

/// <summary>A built server.</summary>
/// <param name="beneath">what it stands on and owns: disposed after it</param>
/// <param name="folder">where that keeps its data; null where the database is somebody else's</param>
public sealed class AccountsServer(WebApplication app, IAsyncDisposable? beneath, string? folder) : IAsyncDisposable
{
    public WebApplication App => app;

    /// <summary>Brings the database to today's schema and loads the signing keys, before the first request is taken.</summary>
    /// <exception cref="StartupException">with what to do</exception>
    public async Task PrepareAsync(CancellationToken cancellation = default)
    {
        SettingsInspection.Demand(app);
        MountedRoutes.DemandApart(app);
        app.Services.GetRequiredService<RuntimeWarning>().WarnIfOld();
        app.Services.GetRequiredService<SettingsWarnings>().Tell();
        app.Services.GetRequiredService<WideProxies>().Tell();
        await DatabaseUpgrade.ApplyAsync(app.Services.GetRequiredService<DatabaseConnection>().ConnectionString, folder, app.Logger, cancellation);
        await LoadKeysAsync(cancellation);
    }

    /// <inheritdoc cref="PrepareAsync"/>
    public async Task<int> PreparedAsync(Func<AccountsServer, Task<int>> act)
    {
        await PrepareAsync();
        return await act(this);
    }

    private async Task LoadKeysAsync(CancellationToken cancellation)
    {
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<SigningKeyStore>().LoadAsync(cancellation);
        }
        catch (StartupException e) when (folder is not null)
        {
            throw new StartupException($"{e.Message} Or begin anew: delete {folder}.");
        }
    }

    /// <exception cref="StartupException">the port is taken, or a restored backup is not fit to be served yet</exception>
    public async Task<int> RunAsync()
    {
        app.DemandFreePort();
        app.DemandFreeMetricsPort();
        await DemandRestoredAsync();
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw app.PortTaken(e.Message);
        }
        await app.WaitForShutdownAsync();
        return 0;
    }

    private async Task DemandRestoredAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RestoreMode>().DemandFinishedAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (beneath is not null)
        {
            await beneath.DisposeAsync();
        }
    }
}
