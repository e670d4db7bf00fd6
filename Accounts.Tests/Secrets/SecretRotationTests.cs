using Accounts.Core.Secrets;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Secrets;

/// <summary>The secret key is replaced as docs/production.md says: listed as a previous one everywhere, then made the current one, node by node, then the old one is dropped.</summary>
[Trait("Pace", "long")]
public sealed class SecretRotationTests(Postgres postgres) : IAsyncLifetime
{
    private const string Old = TestSettings.SecretKey, Next = "the key that comes next: 0123456789 abcdefghij";
    private static readonly (string, string) PublicUrl = ("Accounts:PublicUrl", "http://localhost:8000");

    private readonly ServerProcess[] nodes = new ServerProcess[2];
    private readonly ApiClient[] users = new ApiClient[4];
    private string database = "";

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        await Task.WhenAll(MoveAsync(0, Old, ""), MoveAsync(1, Old, ""));
        for (var i = 0; i < users.Length; i++)
        {
            users[i] = nodes[i % 2].Client();
            await users[i].SignInSomebodyAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var disposable in users.Cast<IDisposable>())
        {
            disposable.Dispose();
        }
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task CF_02_The_secret_key_is_replaced_node_by_node_and_nobody_is_signed_out()
    {
        foreach (var (current, previous) in new[] { (Old, Next), (Next, Old), (Next, "") })
        {
            await MoveAsync(0, current, previous);
            await StaySignedInAsync();
            await MoveAsync(1, current, previous);
            await StaySignedInAsync();
        }
        Assert.Equal(users.Length, await nodes[0].Database.CountAsync("sessions", "ended_at IS NULL"));
        Assert.Equal(0, await nodes[0].Database.CountAsync("sessions", "ended_at IS NOT NULL"));
        Assert.Equal(KeyId(Next), await SealedUnderAsync());
        Assert.NotEqual(KeyId(Old), KeyId(Next));
    }

    /// <summary>Everybody refreshes, and uses the access token, on both nodes.</summary>
    private async Task StaySignedInAsync()
    {
        foreach (var user in users)
        {
            foreach (var node in nodes)
            {
                user.Address = node.Address;
                var answer = await user.RefreshAsync();
                Assert.True(answer.Status == 200, answer.ToString());
                Assert.Equal(200, (await user.MeAsync(answer.Access)).Status);
                await node.Database.ExecuteAsync("UPDATE sessions SET rotated_at = rotated_at - interval '1 minute'");
            }
        }
    }

    private async Task MoveAsync(int node, string current, string previous)
    {
        if (nodes[node] is { } running)
        {
            await running.StopAsync();
            await running.DisposeAsync();
        }
        nodes[node] = await ServerProcess.StartAsync(database, PublicUrl, ("Accounts:SecretKey", current), ("Accounts:PreviousSecretKeys", previous));
    }

    private static string KeyId(string secret) => Convert.ToHexString(BitConverter.GetBytes(new SecretKey(secret).Id));

    private async Task<string> SealedUnderAsync() =>
        (await nodes[0].Database.ScalarAsync<string>("SELECT encode(substring(private_key from 2 for 4), 'hex') FROM signing_keys")).ToUpperInvariant();
}
