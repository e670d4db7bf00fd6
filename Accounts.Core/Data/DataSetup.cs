using Accounts.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Data;

public static class DataSetup
{
    /// <summary>Registers the database; connection and statement time limits keep an answer within 3 s when it is away.</summary>
    // No pool of contexts: one whose transaction was cancelled as it began would go on counting its connection as open, and keep it through later requests.
    public static IServiceCollection AddData(this IServiceCollection services, string connectionString) => services
        .AddSettings<DatabaseOptions>("Accounts:Database")
        .AddSingleton(provider => new DatabaseConnection(connectionString, provider.GetRequiredService<IHostEnvironment>()))
        .AddSingleton(provider => new NpgsqlDataSourceBuilder(WithDefaults(provider)) { Name = "accounts" }.Build())
        .AddScoped<CommitActs>().AddScoped<IInterceptor>(provider => provider.GetRequiredService<CommitActs>())
        .AddDbContext<AccountsDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            // A name that is taken is no error of the server's. What is one is told where the request ends.
            .ConfigureWarnings(log => log.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)))
            .AddInterceptors(provider.GetServices<IInterceptor>()));

    private static string WithDefaults(IServiceProvider provider)
    {
        var settings = new NpgsqlConnectionStringBuilder(provider.GetRequiredService<DatabaseConnection>().ConnectionString);
        Default(settings, "Timeout", 2);
        Default(settings, "Command Timeout", 2);
        Default(settings, "Cancellation Timeout", 500);
        Default(settings, "Max Auto Prepare", 50);
        Default(settings, "Auto Prepare Min Usages", 2);
        Default(settings, "Application Name", "accounts");
        // Few connections serve more than many on as many cores. Nothing here leaves state in a session (the
        // migrations' lock has a connection of its own), so none needs to be reset.
        Default(settings, "Maximum Pool Size", 16);
        Default(settings, "No Reset On Close", true);
        return settings.ConnectionString;
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }
}
