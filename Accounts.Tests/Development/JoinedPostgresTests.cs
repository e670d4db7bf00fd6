using Accounts.Core.Failures;
using Accounts.Development.Postgres;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development;

/// <summary>A command beside <c>./run</c>: one PostgreSQL, which the server keeps.</summary>
[Trait("Pace", "long")]
public sealed class JoinedPostgresTests : IDisposable
{
    private readonly string root = Directory.CreateDirectory($"/tmp/accounts-joined-{Guid.NewGuid():N}").FullName;

    private PrivatePostgresSettings Settings => new() { DataFolder = Path.Combine(root, "postgres") };

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_command_uses_the_PostgreSQL_that_runs_and_leaves_it_running()
    {
        await using var first = await PrivatePostgres.StartAsync(Settings, TestContext.Current.CancellationToken);
        await using (var second = await PrivatePostgres.StartAsync(Settings with { Joins = true }, TestContext.Current.CancellationToken))
        {
            Assert.Equal(first.ConnectionString, second.ConnectionString);
        }
        Assert.Equal(1, await new TestDatabase($"{first.ConnectionString};Pooling=false").ScalarAsync<int>("SELECT 1"));
        var another = await Assert.ThrowsAsync<StartupException>(() => PrivatePostgres.StartAsync(Settings, TestContext.Current.CancellationToken));
        Assert.Contains("is already in use by another ./run", another.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_none_runs_a_command_starts_it_and_ends_it()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await using var alone = await PrivatePostgres.StartAsync(Settings with { Joins = true }, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, alone.ProcessId);
        }
    }
}
