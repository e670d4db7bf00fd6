using Accounts.Core.Failures;
using Accounts.Development.Postgres;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Accounts.Tests.Support;

/// <summary>
/// The PostgreSQL that the tests share: a private one of the installed programs, or one in a container where
/// <c>ACCOUNTS_TEST_POSTGRES=container</c> asks for it or there are no programs. Tests that kill a PostgreSQL have a
/// private one each in any case.
/// </summary>
/// <param name="Reason">which it is, and why</param>
/// <param name="ConnectionStringFor">to a database of it, as its administrator</param>
internal sealed record ChosenPostgres(string Reason, Func<string, string> ConnectionStringFor, IAsyncDisposable Server) : IAsyncDisposable
{
    private const string Variable = "ACCOUNTS_TEST_POSTGRES", Image = "postgres:15";
    private const int Connections = 400;

    /// <exception cref="InvalidOperationException">it cannot be had, and the message says what to do</exception>
    public static async Task<ChosenPostgres> StartAsync() => Environment.GetEnvironmentVariable(Variable) switch
    {
        "private" => await StartPrivateAsync($"{Variable} asks for it"),
        "container" => await StartContainerAsync($"{Variable} asks for it"),
        null or "" when await HasProgramsAsync() => await StartPrivateAsync("its programs are installed"),
        null or "" => await StartContainerAsync("PostgreSQL's programs are not installed"),
        var other => throw new InvalidOperationException($"{Variable} is {other}: write private or container."),
    };

    private static async Task<bool> HasProgramsAsync()
    {
        try
        {
            await PostgresBinaries.FindAsync(null);
            return true;
        }
        catch (StartupException)
        {
            return false;
        }
    }

    private static async Task<ChosenPostgres> StartPrivateAsync(string reason)
    {
        var server = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { Throwaway = true, MaxConnections = Connections });
        return new ChosenPostgres($"a private PostgreSQL, for {reason}", server.ConnectionStringFor, server);
    }

    /// <summary>The engine's socket is looked for first: without one the library takes seconds to say so, in many words.</summary>
    private static async Task<ChosenPostgres> StartContainerAsync(string reason)
    {
        if (!Sockets().Any(File.Exists) && Environment.GetEnvironmentVariable("DOCKER_HOST") is null or "")
        {
            throw new InvalidOperationException(
                $"The tests want a PostgreSQL in a container, for {reason}, and no Docker engine is here: there is no {string.Join(", no ", Sockets())}, and DOCKER_HOST is not set. Start one, or install PostgreSQL (./test does) and set {Variable}=private.");
        }
        var container = new PostgreSqlBuilder(Image)
            .WithCommand("-c", $"max_connections={Connections}", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
            .Build();
        await container.StartAsync();
        return new ChosenPostgres(
            $"{Image} in a container, for {reason}",
            database => new NpgsqlConnectionStringBuilder(container.GetConnectionString()) { Database = database }.ConnectionString,
            container);
    }

    private static string[] Sockets() =>
    [
        "/var/run/docker.sock",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker", "run", "docker.sock"),
        .. Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder ? [Path.Combine(folder, "docker.sock")] : Array.Empty<string>(),
    ];

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
