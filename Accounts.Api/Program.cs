using Accounts.Api.Commands;
using Accounts.Api.Hosting;
using Accounts.Api.Http;
using Accounts.Core;
using Accounts.Core.Failures;

namespace Accounts.Api;

/// <summary>The server, as a contents page: what it is made of, and in which order it starts.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => RunAsync(args, words => Task.FromResult(Build(words)));

    /// <summary>Serves, or does what one of the commands says.</summary>
    public static async Task<int> RunAsync(string[] args, Func<string[], Task<AccountsServer>> build)
    {
        var (settings, words) = Arguments.Split(args);
        try
        {
            return words.Length == 0 ? await AtServerAsync(server => server.PreparedAsync(prepared => prepared.RunAsync()))
                : await CommandLine.RunAsync(words, act => AtServerAsync(server => server.PreparedAsync(act)), AtServerAsync);
        }
        catch (StartupException e)
        {
            await Console.Error.WriteLineAsync($"Accounts cannot start: {e.Message}");
            return 1;
        }

        async Task<int> AtServerAsync(Func<AccountsServer, Task<int>> act)
        {
            await using var server = await build(words.Length == 0 ? settings : [Arguments.LogApart, .. settings]);
            return await act(server);
        }
    }

    public static AccountsServer Build(string[] args)
    {
        var builder = CreateBuilder(args);
        AddServer(builder);
        return Build(builder);
    }

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = "Accounts.Api",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddSecretFiles();
        return builder;
    }

    public static void AddServer(WebApplicationBuilder builder)
    {
        builder.AddListening();
        builder.AddStructuredLogging();
        builder.UseKestrelLimits();
        builder.Services.AddRooms(builder.Configuration.GetConnectionString("Accounts") ?? "").AddRoomsHttp(builder.Configuration);
    }

    public static AccountsServer Build(WebApplicationBuilder builder, IAsyncDisposable? beneath = null, string? folder = null)
    {
        var app = builder.Build();
        app.UseHttp();
        return new AccountsServer(app, beneath, folder);
    }
}
