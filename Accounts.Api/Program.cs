using Accounts.Api.Commands;
using Accounts.Api.Development;
using Accounts.Api.Http;
using Accounts.Core;
using Accounts.Core.Failures;

namespace Accounts.Api;

/// <summary>The server, as a contents page: what it is made of, and in which order it starts.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            var command = args is ["keys", ..];
            await using var server = await BuildAsync(command ? [] : args);
            await server.PrepareAsync();
            return command ? await KeysCommand.RunAsync(server, args[1..]) : await server.RunAsync();
        }
        catch (StartupException e)
        {
            await Console.Error.WriteLineAsync($"Accounts cannot start: {e.Message}");
            return 1;
        }
    }

    public static async Task<AccountsServer> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = "Accounts.Api",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddSecretFiles();
        var postgres = await builder.AddDevelopmentAsync();
        builder.AddAddress();
        builder.AddStructuredLogging();
        builder.UseKestrelLimits();
        builder.Services.AddRooms(builder.Configuration.GetConnectionString("Accounts") ?? "");
        builder.Services.AddRoomsHttp().AddDevelopmentTools();
        var app = builder.Build();
        app.UseHttp();
        return new AccountsServer(app, postgres);
    }
}
