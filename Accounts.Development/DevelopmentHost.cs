using Accounts.Api;
using Accounts.Core.Failures;

namespace Accounts.Development;

/// <summary>The server as a developer has it: nothing configured, its mail on a page, and people to sign in as.</summary>
public static class DevelopmentHost
{
    private const string EnvironmentVariable = "ASPNETCORE_ENVIRONMENT";

    public static Task<int> Main(string[] args)
    {
        // Where nothing is said, the framework would start Production.
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is null)
        {
            Environment.SetEnvironmentVariable(EnvironmentVariable, Environments.Development);
        }
        return Program.RunAsync(args, BuildAsync);
    }

    /// <exception cref="StartupException">with what to do</exception>
    public static async Task<AccountsServer> BuildAsync(string[] args)
    {
        var builder = Program.CreateBuilder(args);
        DemandDevelopment(builder.Environment);
        var postgres = await builder.FillInAsync();
        Program.AddServer(builder);
        builder.AddDevelopment();
        var server = Program.Build(builder, postgres, Path.GetDirectoryName(postgres?.DataFolder));
        if (postgres is not null)
        {
            server.App.Lifetime.ApplicationStarted.Register(() => Greeting.Write(server.App.Services, postgres));
        }
        return server;
    }

    /// <summary>What it adds must not be reachable from elsewhere.</summary>
    private static void DemandDevelopment(IHostEnvironment environment)
    {
        if (!environment.IsDevelopment())
        {
            throw new StartupException(
                $"this is the host for Development, and {EnvironmentVariable} is {environment.EnvironmentName}: "
                + "leave it out, or start Accounts.Api.");
        }
    }
}
