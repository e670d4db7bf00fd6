using Accounts.Development.Mailbox;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>Two processes on one database, for all tests of a class; requests are spread over both.</summary>
public sealed class TwoNodes(Postgres postgres) : IAsyncLifetime
{
    public ServerProcess One { get; private set; } = null!;

    public ServerProcess Other { get; private set; } = null!;

    public TestDatabase Database => One.Database;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        One = ServerProcess.Launch(database);
        Other = ServerProcess.Launch(database);
        try
        {
            await Task.WhenAll(One.WaitUntilReadyAsync(), Other.WaitUntilReadyAsync());
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>A new browser at the one node or the other.</summary>
    public ApiClient Client(int number) => (number % 2 == 0 ? One : Other).Client();

    /// <summary>Makes so many requests at once, each from a browser of its own.</summary>
    public Task<Answer[]> AtOnceAsync(int count, Func<ApiClient, int, Task<Answer>> request) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            using var client = Client(i);
            return await request(client, i);
        }));

    /// <summary>The mails to an address, whichever node has sent them, once there are so many.</summary>
    public async Task<List<MailboxFolder.Delivered>> MailsAsync(string address, int count)
    {
        await Until.TrueAsync(() => Task.FromResult(Mails(address).Count >= count), $"{count} mails to {address}");
        return Mails(address);
    }

    private List<MailboxFolder.Delivered> Mails(string address) => [.. One.Mailbox.To(address), .. Other.Mailbox.To(address)];

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
    }
}
