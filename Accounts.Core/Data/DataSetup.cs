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
    /// <summary>What the connection string says of them itself comes after, and wins.</summary>
    private static readonly string[] Limits = ["-c lock_timeout=1500", "-c idle_in_transaction_session_timeout=5000"];

    /// <summary>Registers the database; connection and statement time limits keep an answer within 3 s when it is away.</summary>
    // No pool of contexts: one whose transaction was cancelled as it began would go on counting its connection as open, and keep it through later requests.
    public static IServiceCollection AddData(this IServiceCollection services, string connectionString) => services
        .AddSettings<DatabaseOptions>("Accounts:Database")
        .AddSingleton(provider => new DatabaseConnection(connectionString, provider.GetRequiredService<IHostEnvironment>()))
        .AddSingleton(provider => new NpgsqlDataSourceBuilder(WithDefaults(provider).ConnectionString) { Name = "accounts" }.Build())
        .AddSingleton(provider => new BatchConnections(
            new NpgsqlDataSourceBuilder(ForBatches(provider)) { Name = "accounts-batches" }.Build(), provider.GetRequiredService<NpgsqlDataSource>()))
        .AddSingleton<DatabaseWrites>()
        .AddScoped<CommitActs>().AddScoped<IInterceptor>(provider => provider.GetRequiredService<CommitActs>())
        .AddDbContext<AccountsDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            // A name that is taken is no error of the server's. What is one is told where the request ends.
            .ConfigureWarnings(log => log.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)))
            .AddInterceptors(provider.GetServices<IInterceptor>()));

    /// <summary>One for each kind of batch, and another while that one hangs.</summary>
    private static string ForBatches(IServiceProvider provider)
    {
        var settings = WithDefaults(provider);
        settings.MaxPoolSize = 4;
        settings.Options += " -c lock_timeout=50";
        return settings.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder WithDefaults(IServiceProvider provider)
    {
        var settings = new NpgsqlConnectionStringBuilder(provider.GetRequiredService<DatabaseConnection>().ConnectionString);
        Default(settings, "Timeout", 1);
        Default(settings, "Command Timeout", 2);
        // What is given up connects once more to say so, and with this a second time: 1 s longer for who waits. Kerberos signs in without it.
        Default(settings, "GSS Encryption Mode", "Disable");
        Default(settings, "Cancellation Timeout", 500);
        Default(settings, "Max Auto Prepare", 50);
        Default(settings, "Auto Prepare Min Usages", 2);
        Default(settings, "Application Name", "accounts");
        // Few connections serve more than many on as many cores. Nothing here leaves state in a session (the
        // migrations' lock has a connection of its own), so none needs to be reset.
        Default(settings, "Maximum Pool Size", 16);
        Default(settings, "No Reset On Close", true);
        // A connection whose other end has gone without a word is found out. A socket's folder has none such, and takes no such setting.
        if (!SettingsSetup.Parts(settings.Host ?? "").Any(host => host[0] is '/' or '@'))
        {
            Default(settings, "Tcp Keepalive", true);
            Default(settings, "Tcp Keepalive Time", 10);
            Default(settings, "Tcp Keepalive Interval", 5);
        }
        // Of several hosts, who was promoted is asked soon.
        Default(settings, "Host Recheck Seconds", 2);
        // Nobody holds a row for long who waits for nothing (a node that lost its network), and nobody waits for one for long.
        settings.Options = string.Join(' ', Limits.Concat([settings.Options]).Where(option => !string.IsNullOrEmpty(option)));
        return settings;
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }
}
