using Accounts.Api;
using Accounts.Api.Commands;
using Accounts.Core.Housekeeping;
using Accounts.Development;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Tests.Support;

/// <summary>The server, run in this process on a port and a database of its own.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly AccountsServer server;
    private readonly string mailboxFolder;

    private TestServer(AccountsServer server, string connectionString, int port, string mailboxFolder)
    {
        this.server = server;
        this.mailboxFolder = mailboxFolder;
        Address = new Uri($"http://localhost:{port}");
        Database = new TestDatabase(connectionString);
        Mailbox = new Mailbox(mailboxFolder);
    }

    public Uri Address { get; }

    public TestDatabase Database { get; }

    public Mailbox Mailbox { get; }

    /// <summary>Where its mails go, for another node's to go there, too.</summary>
    public string MailboxFolder => mailboxFolder;

    /// <summary>The row of the session that a refresh token belongs to.</summary>
    public SessionRow Session(string token) => new(Database, token);

    public IServiceProvider Services => server.App.Services;

    /// <param name="postgres">where it gets its database</param>
    /// <param name="settings">beyond the usual ones of <see cref="TestSettings"/></param>
    public static async Task<TestServer> StartAsync(Postgres postgres, params (string Key, string Value)[] settings) =>
        await StartOnAsync(await postgres.CreateDatabaseAsync(), settings);

    /// <summary>On a database that exists: a second node, or a restart.</summary>
    public static async Task<TestServer> StartOnAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        var port = TestSettings.FreePort();
        var mailbox = Directory.CreateTempSubdirectory("accounts-mailbox-").FullName;
        string[] args = [.. TestSettings.For(connectionString, port, mailbox, settings).Select(pair => $"--{pair.Key}={pair.Value}")];
        var server = TestSettings.IsShipped(settings) ? Program.Build(args) : await DevelopmentHost.BuildAsync(args);
        try
        {
            await server.PrepareAsync();
            await server.App.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return new TestServer(server, connectionString, port, mailbox);
    }

    /// <summary>A browser without a past: its own cookies.</summary>
    public ApiClient Client(string userAgent = "Tests/1.0") => new(Address, userAgent);

    /// <summary>One of the program's commands, run in this process and against what this server has.</summary>
    public async Task<CommandRun> CommandAsync(params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(words, act => act(server), act => act(server), output, errors);
        return new CommandRun(code, output.ToString(), errors.ToString());
    }

    /// <summary>Until it has warmed up; it answers before.</summary>
    public async Task WaitUntilReadyAsync()
    {
        using var client = Client();
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "it is ready");
    }

    /// <summary>One round of the sweep over all tables, from their beginning.</summary>
    public async Task SweepAsync(CancellationToken cancellation = default)
    {
        await Database.ExecuteAsync("UPDATE sweeps SET page = 0, due_at = now()");
        await SweepOnAsync(cancellation);
    }

    /// <summary>The sweep from where it stands.</summary>
    public Task SweepOnAsync(CancellationToken cancellation = default) => Services.GetRequiredService<Sweeper>().SweepAsync(cancellation);

    /// <summary>Ends its work; the database stays, for a server that comes after it.</summary>
    public Task StopAsync() => server.App.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await server.DisposeAsync();
        Directory.Delete(mailboxFolder, recursive: true);
    }
}
