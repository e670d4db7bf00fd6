using Accounts.Development.Postgres;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>A PostgreSQL as it is on another machine: reached by TCP, with passwords, and with TLS once it is given a certificate.</summary>
public sealed class RemotePostgres : IAsyncLifetime
{
    public const string Role = "accounts", Password = "canary-of-the-database-1";

    private readonly int port = TestSettings.FreePort();
    private PrivatePostgres server = null!;

    /// <summary>As its administrator, over its socket.</summary>
    public TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        server = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { Throwaway = true, LoopbackPort = port });
        Database = new TestDatabase(server.ConnectionString + ";Pooling=false");
        await Database.ExecuteAsync($"CREATE ROLE {Role} LOGIN PASSWORD '{Password}'");
        await Database.ExecuteAsync($"ALTER DATABASE accounts OWNER TO {Role}");
        await WriteAsync("pg_hba.conf", "local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256");
        await SetAsync("log_connections", "on");
        await server.RestartAsync();
    }

    /// <param name="host">leads here</param>
    /// <param name="more">keywords besides</param>
    /// <param name="login">the role and its password, or what stands in the password's place</param>
    public string ConnectionString(string host = "localhost", string more = "", string login = $"Username={Role};Password={Password}") =>
        $"Host={host};Port={port};Database=accounts;{login};Timeout=15;Command Timeout=15;{(host.Contains(',', StringComparison.Ordinal) ? "Target Session Attributes=read-write;" : "")}{more}";

    /// <summary>It comes back with another certificate, as after its renewal or a failover; with none it speaks no TLS.</summary>
    public async Task ShowAsync(ServerCertificate? certificate)
    {
        if (certificate is not null)
        {
            await WriteAsync("server.crt", certificate.Text);
            await WriteAsync("server.key", certificate.Key);
        }
        await SetAsync("ssl", certificate is null ? "off" : "on");
        await server.RestartAsync();
    }

    /// <summary>The lines of its log that tell of a connection of the role.</summary>
    public async Task<string[]> ConnectionsAsync(string role = Role) =>
        [.. (await Database.ScalarAsync<string>("SELECT pg_read_file('server.log')")).Split('\n').Where(line => line.Contains($"connection authorized: user={role} ", StringComparison.Ordinal))];

    /// <summary>By a program, whose file is its user's alone; one that COPY itself writes could be read by all, and PostgreSQL takes no such key.</summary>
    private Task WriteAsync(string file, string text) =>
        Database.ExecuteAsync($"COPY (SELECT unnest(string_to_array('{text.Replace("\n", "|", StringComparison.Ordinal)}', '|'))) TO PROGRAM 'cat >{file}'");

    private Task SetAsync(string name, string value) => Database.ExecuteAsync($"ALTER SYSTEM SET {name} = '{value}'");

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
