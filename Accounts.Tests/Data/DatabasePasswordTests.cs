using System.Text.RegularExpressions;
using Accounts.Tests.Mail;
using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>The database's password is replaced as docs/production.md says: by a second role node by node, or in a file that is read again.</summary>
[Trait("Pace", "long")]
public sealed partial class DatabasePasswordTests(RemotePostgres postgres) : IClassFixture<RemotePostgres>, IAsyncLifetime
{
    private const string Next = "canary-of-the-database-2";

    private readonly string passfile = Path.GetTempFileName();

    /// <summary>One role, its first password, and nothing in the database.</summary>
    public async ValueTask InitializeAsync()
    {
        await postgres.Database.ExecuteAsync($"DROP ROLE IF EXISTS accounts_b; ALTER ROLE accounts PASSWORD '{RemotePostgres.Password}'");
        await postgres.Database.ExecuteAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner");
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(passfile);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task CF_02_The_database_password_is_replaced_node_by_node_by_a_second_role_and_back_and_nobody_notices()
    {
        var (prepare, change, close) = Statements();
        await using var nodes = await RollingNodes.StartAsync(postgres.ConnectionString());
        await postgres.Database.ExecuteAsync(prepare);
        foreach (var (used, idle) in new[] { ("accounts", "accounts_b"), ("accounts_b", "accounts") })
        {
            var password = $"{Next}-{idle}";
            await postgres.Database.ExecuteAsync(As(change, used, idle).Replace("…", password, StringComparison.Ordinal));
            await nodes.ReplaceAsync(postgres.ConnectionString(login: $"Username={idle};Password={password}"));
            await postgres.Database.ExecuteAsync(As(close, used, idle));
            await nodes.UseBothAsync();
            await LockedOutAsync($"Username={used};Password={(used == "accounts" ? RemotePostgres.Password : $"{Next}-{used}")}");
            Assert.Equal(0, await postgres.Database.CountAsync("pg_stat_activity", $"usename = '{used}'"));
        }
        await nodes.AssertNobodyNoticedAsync(postgres.Database);
        await postgres.Database.ExpectMailAsync(await nodes[0].RegisterAsync(), "state = 'sent'");
    }

    [Fact]
    public async Task CF_02_What_the_second_role_makes_belongs_to_the_first()
    {
        await postgres.Database.ExecuteAsync(Statements().Prepare);
        await postgres.Database.ExecuteAsync($"ALTER ROLE accounts_b PASSWORD '{Next}'");
        await using var server = await ServerProcess.StartAsync(postgres.ConnectionString(login: $"Username=accounts_b;Password={Next}"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal("accounts", await postgres.Database.ScalarAsync<string>("SELECT string_agg(DISTINCT tableowner::text, ',') FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task CF_02_A_password_file_is_replaced_while_the_server_runs_and_nobody_notices()
    {
        await WriteAsync(RemotePostgres.Password);
        var connection = postgres.ConnectionString(login: $"Username=accounts;Passfile={passfile}");
        await using var nodes = await RollingNodes.StartAsync(connection);
        await nodes.UseBothAsync();
        await postgres.Database.ExecuteAsync($"ALTER ROLE accounts PASSWORD '{Next}'");
        await WriteAsync(Next);
        await nodes.AssertNobodyNoticedAsync(postgres.Database);
        await postgres.Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'accounts'");
        using var client = nodes[0].Client();
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "new connections are made with the new password");
        await client.SignInSomebodyAsync();
        await LockedOutAsync($"Username=accounts;Password={RemotePostgres.Password}");
    }

    [Fact]
    public async Task CF_02_Until_the_file_has_the_new_password_new_connections_answer_503_and_say_why_and_then_all_is_well()
    {
        await WriteAsync(RemotePostgres.Password);
        await using var server = await ServerProcess.StartAsync(postgres.ConnectionString(login: $"Username=accounts;Passfile={passfile}"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await postgres.Database.ExecuteAsync($"ALTER ROLE accounts PASSWORD '{Next}'; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'accounts'");
        foreach (var answer in new[] { await client.MeAsync(), await client.RefreshAsync(), await client.MeAsync(), await client.LoginAsync(Some.Person()), await client.MeAsync() })
        {
            Assert.True((503, "unavailable") == (answer.Status, answer["code"]), answer.ToString());
            Assert.Empty(answer.SetCookies);
        }
        Assert.Equal(503, (await client.GetAsync("/readyz")).Status);
        await server.LoggedAsync("The database cannot be used: 28P01: password authentication failed");
        await WriteAsync(Next);
        await Until.TrueAsync(async () => (await client.RefreshAsync()).Status == 200, "the file is read again");
    }

    private static string As(string statements, string used, string idle) => statements
        .Replace("accounts_b", "<idle>", StringComparison.Ordinal).Replace("accounts", used, StringComparison.Ordinal).Replace("<idle>", idle, StringComparison.Ordinal);

    /// <summary>Beside its place and moved there, so that nobody reads half of it.</summary>
    private async Task WriteAsync(string password)
    {
        await File.WriteAllTextAsync($"{passfile}.new", $"*:*:*:accounts:{password}\n");
        File.Move($"{passfile}.new", passfile, overwrite: true);
    }

    private async Task LockedOutAsync(string login)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString(login: login, more: "Pooling=false"));
        Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync())).SqlState);
    }

    private static (string Prepare, string Change, string Close) Statements()
    {
        var section = Repository.Read("docs/production.md").Split("### The database's password")[1].Split("\n### ")[0];
        var blocks = Block().Matches(section).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(3, blocks.Length);
        return (blocks[0], blocks[1], blocks[2]);
    }

    [GeneratedRegex(@"```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
