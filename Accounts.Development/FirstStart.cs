using System.Security.Cryptography;
using Accounts.Api;
using Accounts.Api.Hosting;
using Accounts.Core.Failures;
using Accounts.Development.Postgres;
using Microsoft.Extensions.Configuration.Memory;

namespace Accounts.Development;

/// <summary>What makes the first start work with nothing configured: a private PostgreSQL, a secret key, a mailbox folder.</summary>
public static class FirstStart
{
    private const string ConnectionString = "ConnectionStrings:Accounts", SecretKey = "Accounts:SecretKey", PreviousSecretKeys = "Accounts:PreviousSecretKeys",
        MailboxFolder = "Accounts:Mail:MailboxFolder";

    /// <summary>Fills in what no setting says. Returns the private PostgreSQL, or null where a connection string is set.</summary>
    /// <exception cref="StartupException">with what to do</exception>
    public static async Task<PrivatePostgres?> FillInAsync(this WebApplicationBuilder builder, Action<string>? tell, bool joins)
    {
        var settings = builder.Configuration;
        var file = settings["Accounts:Dev:EnvFile"] is { } named ? DotEnv.Read(named) : DotEnv.Read();
        settings.Sources.Insert(0, new MemoryConfigurationSource { InitialData = file });
        builder.Services.AddSingleton(new SettingsFile([.. file.Select(setting => setting.Key)]));
        var root = Path.Combine(DotEnv.SolutionFolder() ?? Directory.GetCurrentDirectory(), ".data");
        var postgres = string.IsNullOrEmpty(settings[ConnectionString]) ? await StartPostgresAsync(builder, root, tell, joins) : null;
        var folder = postgres is null ? root : Path.GetDirectoryName(postgres.DataFolder)!;
        settings.AddInMemoryCollection(Defaults(settings, postgres, folder));
        return postgres;
    }

    private static async Task<PrivatePostgres> StartPostgresAsync(WebApplicationBuilder builder, string root, Action<string>? tell, bool joins)
    {
        tell?.Invoke("Starting a PostgreSQL ...");
        try
        {
            return await PrivatePostgres.StartAsync(new PrivatePostgresSettings
            {
                DataFolder = Path.Combine(root, "postgres"),
                BinFolder = builder.Configuration["Accounts:Dev:PostgresBin"],
                Joins = joins,
            });
        }
        catch (StartupException)
        {
            await DemandSettingsAsync(builder);
            throw;
        }
    }

    /// <summary>A fault of a setting is told before that of the PostgreSQL: it may be that the other one that runs was to be another.</summary>
    private static async Task DemandSettingsAsync(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [ConnectionString] = ListeningSetup.SampleDatabase,
            [SecretKey] = builder.Configuration[SecretKey] is { Length: > 0 } set ? set : NewSecret(),
        });
        Program.AddServer(builder);
        builder.AddDevelopment();
        await using var server = Program.Build(builder);
        SettingsInspection.Demand(server.App);
    }

    private static Dictionary<string, string?> Defaults(IConfiguration settings, PrivatePostgres? postgres, string folder)
    {
        var defaults = new Dictionary<string, string?>();
        var secret = Path.Combine(folder, "secret-key");
        if (postgres is not null)
        {
            defaults[ConnectionString] = postgres.ConnectionString;
            defaults[DevelopmentOptions.PrivateDatabaseKey] = "true";
        }
        if (string.IsNullOrEmpty(settings[SecretKey]))
        {
            defaults[SecretKey] = KeepSecret(secret);
        }
        else if (postgres is not null && File.Exists(secret))
        {
            // A key that comes into .env later, for docker compose, must not lock up the data made before.
            defaults[PreviousSecretKeys] = $"{settings[PreviousSecretKeys]},{File.ReadAllText(secret)}";
        }
        if (string.IsNullOrEmpty(settings[MailboxFolder]))
        {
            defaults[MailboxFolder] = Path.Combine(folder, "mailbox");
        }
        return defaults;
    }

    /// <summary>Made once, readable by its owner alone, beside the data that it opens.</summary>
    private static string KeepSecret(string file)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var fresh = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                fresh.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            using var writer = new StreamWriter(file, fresh);
            writer.Write(NewSecret());
        }
        return File.ReadAllText(file);
    }

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
}
