using Accounts.Development.Mailbox;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>Two servers, each a process of its own, on one database and under one public name: what a load balancer chooses from.</summary>
public sealed class Nodes : IAsyncDisposable
{
    private const string PublicUrl = "http://localhost:8000";

    /// <summary>A race is about who wins, not about how long a busy machine takes.</summary>
    private const string Patience = ";Timeout=60;Command Timeout=60";

    private readonly string connectionString;
    private readonly (string Key, string Value)[] settings;
    private ServerProcess[] servers = [];
    private int turn;

    private Nodes(string connectionString, (string Key, string Value)[] settings) =>
        (this.connectionString, this.settings) = (connectionString, settings);

    public TestDatabase Database => servers[0].Database;

    public SessionRow Session(string token) => new(Database, token);

    public static async Task<Nodes> StartAsync(Postgres postgres, params (string Key, string Value)[] settings)
    {
        var nodes = new Nodes(await postgres.CreateDatabaseAsync() + Patience, [("Accounts:PublicUrl", PublicUrl), .. settings]);
        await nodes.StartAsync();
        return nodes;
    }

    private async Task StartAsync() =>
        servers = await Task.WhenAll(ServerProcess.StartAsync(connectionString, settings), ServerProcess.StartAsync(connectionString, settings));

    /// <summary>Both end, and both start anew on what the database holds.</summary>
    public async Task RestartAsync()
    {
        await DisposeAsync();
        await StartAsync();
    }

    /// <summary>A client without a past; each next one talks to the other node.</summary>
    public ApiClient Client(string userAgent = "Tests/1.0") => servers[Interlocked.Increment(ref turn) & 1].Client(userAgent);

    /// <summary>A client of each node.</summary>
    public ApiClient[] Clients() => [.. servers.Select(server => server.Client())];

    /// <summary>The mails to an address, whichever node has sent them, oldest first.</summary>
    private List<MailboxFolder.Delivered> MailsTo(string address) => [.. servers.SelectMany(server => server.Mailbox.To(address)).OrderBy(mail => mail.SentAt)];

    /// <summary>The newest mail to an address about something, once there are at least so many.</summary>
    public async Task<MailboxFolder.Delivered> MailAsync(string address, string subject, int count = 1)
    {
        List<MailboxFolder.Delivered> About() => MailsTo(address).FindAll(mail => mail.Subject.Contains(subject, StringComparison.Ordinal));
        await Until.TrueAsync(() => Task.FromResult(About().Count >= count), $"{count} mails about \"{subject}\" to {address}");
        return About()[^1];
    }

    /// <summary>Does something as a client without a past, by way of either node.</summary>
    public async Task<Answer> WithAsync(Func<ApiClient, Task<Answer>> act)
    {
        using var client = Client();
        return await act(client);
    }

    /// <summary>Refreshes one token, by way of either node.</summary>
    public async Task<Answer> RefreshAsync(string token)
    {
        using var client = Client();
        return await client.RefreshAsync(token);
    }

    /// <summary>Signs somebody in once more, with an empty cookie jar.</summary>
    public async Task<Answer> SignInAsync(Person person)
    {
        using var client = Client();
        return await client.SignInAsync(person);
    }

    public async Task<Person> RegisterAsync()
    {
        using var client = Client();
        var person = Some.Person();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }
}
