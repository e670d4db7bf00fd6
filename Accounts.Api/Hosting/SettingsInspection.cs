using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Api.Hosting;

/// <summary>Looks through the configuration before anything starts, and tells all mistakes at once, each in a sentence that names the setting.</summary>
public static class SettingsInspection
{
    private const string Section = "Accounts", PublicUrl = "Accounts:PublicUrl", TrustedProxies = "Accounts:TrustedProxies", DevelopmentTools = "Accounts:Dev:Tools", ConnectionString = "ConnectionStrings:Accounts";

    private static readonly string[] SamplePasswords = ["", "postgres", "password", "accounts", "changeme", "secret", "example", "admin", "test"];

    /// <exception cref="StartupException">with a line a mistake</exception>
    public static void Demand(WebApplication app)
    {
        if (Mistakes(app) is { Count: > 0 } mistakes)
        {
            throw new StartupException(string.Join('\n', mistakes));
        }
    }

    /// <summary>All of them, a sentence each.</summary>
    public static List<string> Mistakes(WebApplication app) =>
        [.. Unknown(app).Concat(Invalid(app)).Concat(Proxies(app)).Concat(Database(app)).Distinct()];

    /// <summary>The development host's, which a .env that both read may hold. Here they do nothing.</summary>
    private static readonly string[] OfDevelopment =
        ["Accounts:Dev:EnvFile", "Accounts:Dev:PostgresBin", DevelopmentTools, "Accounts:Mail:MailboxFolder"];

    /// <summary>A misspelt setting would silently leave its default in force.</summary>
    private static IEnumerable<string> Unknown(WebApplication app)
    {
        var known = app.Services.GetServices<SettingsSection>().SelectMany(section => section.Keys).Append(ConnectionString).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ours = from pair in app.Configuration.GetSection(Section).AsEnumerable()
                   where pair.Value is not null && !known.Contains(pair.Key)
                   select Unknown(pair.Key, pair.Value, known) into mistake
                   where mistake is not null
                   select mistake;
        return ours.Concat(Strays(app, known));
    }

    private static string? Unknown(string key, string value, IReadOnlySet<string> known)
    {
        if (!OfDevelopment.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            return NoSetting(key, NearName.Find(key, known));
        }
        return key.Equals(DevelopmentTools, StringComparison.OrdinalIgnoreCase) && bool.TryParse(value, out var wanted) && wanted
            ? "Accounts__Dev__Tools is true outside Development, where those tools do not exist: leave it out."
            : null;
    }

    /// <summary>Names in a file of ours that lie in no section of ours, and were meant to. What else is there may be anybody's.</summary>
    private static IEnumerable<string> Strays(WebApplication app, IReadOnlySet<string> known) =>
        from name in app.Services.GetService<SettingsFile>()?.Names ?? []
        where !known.Contains(name) && !name.StartsWith($"{Section}:", StringComparison.OrdinalIgnoreCase) && MayBeOurs(name)
        let near = NearName.Find(name, known)
        where near is not null
        select NoSetting(name, near);

    /// <summary>Others write theirs in capitals (SECRET_KEY).</summary>
    private static bool MayBeOurs(string name) => name.Any(char.IsAsciiLetterLower) || name.StartsWith(Section, StringComparison.OrdinalIgnoreCase);

    private static string NoSetting(string key, string? near) =>
        $"{Variable(key)} is no setting; {(near is null ? "" : $"did you mean {Variable(near)}? ")}.env.example lists them all.";

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    private static IEnumerable<string> Invalid(WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
        catch (AggregateException e)
        {
            return e.InnerExceptions.SelectMany(inner => inner is OptionsValidationException failed ? failed.Failures : [Unreadable(inner)]);
        }
        catch (InvalidOperationException e)
        {
            return [Unreadable(e)];
        }
    }

    /// <summary>The binder's words name the key and its type; the value is not repeated, for it may be a secret.</summary>
    private static string Unreadable(Exception e)
    {
        var key = e.Message.Split('\'').FirstOrDefault(part => part.StartsWith($"{Section}:", StringComparison.Ordinal));
        return key is null
            ? $"A setting cannot be read: {e.Message}"
            : $"{Variable(key)} cannot be read: {Form(e.Message)}.";
    }

    /// <summary>By the type that the binder names.</summary>
    private static string Form(string message) => message switch
    {
        _ when message.Contains(typeof(TimeSpan).FullName!, StringComparison.Ordinal) => "a time is d.hh:mm:ss, for example 00:10:00",
        _ when message.Contains(typeof(bool).FullName!, StringComparison.Ordinal) => "a switch is true or false",
        _ => "a count is a whole number",
    };

    /// <summary>Whoever listens in clear behind an https address has a proxy in front: unless it is listed, the whole world is one client.</summary>
    private static IEnumerable<string> Proxies(WebApplication app)
    {
        var settings = app.Configuration;
        var isNeeded = !app.Environment.IsDevelopment() && settings[PublicUrl] is { } url && url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            && !ListeningSetup.IsByTls(settings);
        return isNeeded && string.IsNullOrWhiteSpace(settings[TrustedProxies])
            ? ["Accounts__TrustedProxies is not set, Accounts__PublicUrl is https, and the server listens in clear, so that it needs a proxy in front: list the address or network from which that calls, for example 10.0.0.7 or 10.0.0.0/24, or all its clients are taken for one and share one client's limits."]
            : [];
    }

    private static IEnumerable<string> Database(WebApplication app)
    {
        if (app.Configuration.GetConnectionString("Accounts") is not { Length: > 0 } setting)
        {
            return [ListeningSetup.NoDatabase];
        }
        return Parse(setting) is { } connection
            ? DatabaseMistakes(app, connection).Select(mistake => $"ConnectionStrings__Accounts {mistake}")
            : [$"ConnectionStrings__Accounts cannot be read: write it as {ListeningSetup.SampleDatabase}"];
    }

    /// <summary>Null for what is none, such as postgres://user:password@host/database; what Npgsql says of it repeats it.</summary>
    private static NpgsqlConnectionStringBuilder? Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 } connection ? connection : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return null;
        }
    }

    private static IEnumerable<string> DatabaseMistakes(WebApplication app, NpgsqlConnectionStringBuilder connection)
    {
        foreach (var (keyword, file) in Files(connection).Where(named => named.File is { Length: > 0 } && !CanRead(named.File)))
        {
            yield return $"names {keyword}={file}, which cannot be read: check the path and who may read it.";
        }
        if (DatabaseConnection.Undecided(connection) is { } undecided)
        {
            yield return undecided;
        }
        if (app.Environment.IsDevelopment())
        {
            yield break;
        }
        if (connection.Password is { } password && SamplePasswords.Contains(password))
        {
            yield return "has a password that everybody tries first: give the database user one of its own.";
        }
        if (connection.IncludeErrorDetail)
        {
            yield return "has Include Error Detail=true, which puts what people typed into logs and traces: leave it out.";
        }
        if (DatabaseConnection.Mistake(connection, app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value) is { } mistake)
        {
            yield return mistake;
        }
    }

    private static IEnumerable<(string Keyword, string? File)> Files(NpgsqlConnectionStringBuilder connection) =>
        [("Root Certificate", connection.RootCertificate), ("Passfile", connection.Passfile), ("SSL Certificate", connection.SslCertificate), ("SSL Key", connection.SslKey)];

    private static bool CanRead(string file)
    {
        try
        {
            File.OpenRead(file).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>The names of the settings that stand in a file of ours, sections parted by colons.</summary>
public sealed record SettingsFile(IReadOnlyList<string> Names);
