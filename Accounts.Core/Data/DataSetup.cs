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
    /// <summary>One for each batch that is on its way, and as many for who asks by itself what a batch has left open.</summary>
    private const int BatchConnections = 4;

    /// <summary>Registers the database; its time limits keep an answer within 3 s when it is away or hangs.</summary>
    // No pool of contexts: one whose transaction was cancelled as it began would go on counting its connection as open, and keep it through later requests.
    public static IServiceCollection AddData(this IServiceCollection services, string connectionString) => services
        .AddSettings<DatabaseOptions>("Accounts:Database")
        .AddSingleton(provider => new DatabaseConnection(connectionString, provider.GetRequiredService<IHostEnvironment>()))
        .AddSingleton(provider => Pool("accounts", WithDefaults(provider), Limits))
        .AddSingleton(provider => new DatabasePools(provider.GetRequiredService<NpgsqlDataSource>(), Pool("accounts-batches", ForBatches(provider), BatchLimits)))
        .AddSingleton<DatabaseProbe>()
        .AddSingleton<Aftermath>().AddScoped<CommitActs>().AddScoped<IInterceptor>(provider => provider.GetRequiredService<CommitActs>())
        .AddDbContext<AccountsDb>((provider, options) => options
            // Its connection and not the pool: EF builds its model and compiles its queries for each pool anew, and the tests start hundreds of servers in one process.
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>().CreateConnection(), contextOwnsConnection: true)
            // A name that is taken is no error of the server's. What is one is told where the request ends.
            .ConfigureWarnings(log => log.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)))
            .AddInterceptors(provider.GetServices<IInterceptor>()));

    /// <summary>
    /// Set where the role or the connection string says nothing. By statement and not as startup options, which poolers refuse.
    /// A node that vanishes in a transaction must not keep its locks for the two hours after which TCP gives up.
    /// </summary>
    private const string Limits = """
        SELECT set_config(name, value, false)
        FROM (VALUES ('lock_timeout', '500ms'), ('idle_in_transaction_session_timeout', '5s')) AS given (name, value)
        WHERE current_setting(name) = '0'
        UNION ALL
        SELECT set_config(name, '10', false) FROM (VALUES ('tcp_keepalives_idle'), ('tcp_keepalives_interval')) AS given (name)
        """;

    private const string BatchLimits = $"SET lock_timeout = '50ms'; {Limits}";

    private static NpgsqlDataSource Pool(string name, string settings, string limits) =>
        new NpgsqlDataSourceBuilder(settings) { Name = name }
            .UsePhysicalConnectionInitializer(connection => Limit(connection, limits), connection => LimitAsync(connection, limits))
            .Build();

    private static void Limit(NpgsqlConnection connection, string limits)
    {
        using var command = new NpgsqlCommand(limits, connection);
        command.ExecuteNonQuery();
    }

    private static async Task LimitAsync(NpgsqlConnection connection, string limits)
    {
        await using var command = new NpgsqlCommand(limits, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string ForBatches(IServiceProvider provider)
    {
        var settings = new NpgsqlConnectionStringBuilder(WithDefaults(provider));
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, BatchConnections);
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
        return settings.ConnectionString;
    }

    private static string WithDefaults(IServiceProvider provider)
    {
        var settings = new NpgsqlConnectionStringBuilder(provider.GetRequiredService<DatabaseConnection>().ConnectionString);
        // A server that hangs takes all three one after the other: a connection from the pool, the statement, and then a
        // connection by which Npgsql has it cancelled, and which it makes a second time where it has tried encryption by Kerberos.
        Default(settings, "Timeout", 1);
        Default(settings, "Command Timeout", 1);
        Default(settings, "Cancellation Timeout", 500);
        Default(settings, "GSS Encryption Mode", "Disable");
        if (!DatabaseConnection.IsBySocket(settings))
        {
            Default(settings, "TCP Keepalive", true);
            Default(settings, "TCP Keepalive Time", 10);
            Default(settings, "TCP Keepalive Interval", 10);
        }
        Default(settings, "Max Auto Prepare", 50);
        Default(settings, "Auto Prepare Min Usages", 2);
        Default(settings, "Application Name", "accounts");
        // Few connections serve more than many on as many cores. Nothing here leaves state in a session (the
        // migrations' lock has a connection of its own), so none needs to be reset.
        Default(settings, "Maximum Pool Size", 16);
        Default(settings, "No Reset On Close", true);
        // Of several hosts, who was promoted is asked soon.
        Default(settings, "Host Recheck Seconds", 2);
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
