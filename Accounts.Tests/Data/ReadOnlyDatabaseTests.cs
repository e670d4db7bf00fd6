using System.Globalization;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>A database that answers and refuses to write: a standby, a demoted primary, a full disk.</summary>
[Trait("Pace", "long")]
public sealed class ReadOnlyDatabaseTests(Postgres postgres) : IAsyncLifetime
{
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(5);

    private TestServer server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        client = server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task XA_11_A_database_that_only_reads_is_away_and_heals_without_a_restart_with_every_cookie_kept()
    {
        var person = await client.SignInSomebodyAsync();
        var token = client.RefreshCookie!;
        await SetAsync("default_transaction_read_only = on");
        await Until.TrueAsync(async () => (await client.MeAsync()).Status == 200, "it reads");
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 503, "readiness is red");
        for (var round = 0; round < 2; round++)
        {
            AssertAway(await client.RefreshAsync());
            AssertAway(await client.LoginAsync(person));
            AssertAway(await client.RegisterAsync(Some.Person()));
            AssertAway(await client.LogoutAsync());
            AssertAway(await client.PostAsync("/api/auth/password/reset/", new { email = person.Email }));
        }
        Assert.Equal(503, (await client.GetAsync("/readyz")).Status);
        await OutsideAsync("ALTER DATABASE {0} RESET default_transaction_read_only");
        await Until.TrueAsync(async () => (await client.RefreshAsync(token)).Status == 200, "the same cookie works", RecoveryLimit);
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "readiness is green", RecoveryLimit);
        await server.Session(token).AssertAsync(generation: 1, "alive");
    }

    /// <summary>What readiness writes must reach the disk: a full one still takes a row that fits into its page, and a commit.</summary>
    [Fact]
    public async Task XA_11_Readiness_is_red_where_there_is_no_room_for_a_file()
    {
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "it has warmed up");
        await SetAsync("temp_file_limit = 0");
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 503, "readiness is red", RecoveryLimit);
        await OutsideAsync("ALTER DATABASE {0} RESET temp_file_limit");
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "readiness is green", RecoveryLimit);
    }

    [Theory]
    [InlineData("25006"), InlineData("53100"), InlineData("53200"), InlineData("53300"), InlineData("57P01"), InlineData("58030"), InlineData("58P01"), InlineData("25P03")]
    public async Task XA_11_Whatever_says_within_a_save_that_nothing_can_be_written_is_503(string state)
    {
        var person = await client.SignInSomebodyAsync();
        var token = client.RefreshCookie!;
        await server.Database.ExecuteAsync($"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON outbox_messages FOR EACH ROW EXECUTE FUNCTION refuse();
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        AssertAway(await client.RegisterAsync(Some.Person()));
        AssertAway(await client.LoginAsync(person));
        AssertAway(await client.RefreshAsync());
        AssertAway(await client.LogoutAsync());
        await server.Database.ExecuteAsync("DROP FUNCTION refuse() CASCADE");
        await server.Session(token).AssertAsync(generation: 0, "alive");
        await Until.TrueAsync(async () => (await client.RefreshAsync(token)).Status == 200, "the same cookie works", RecoveryLimit);
    }

    [Theory]
    [InlineData("Development", ""), InlineData("Production", ""), InlineData("Development", ";Target Session Attributes=prefer-standby")]
    public async Task XA_11_Several_hosts_without_saying_which_stop_the_start(string environment, string attributes)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync($"Host=a.invalid,b.invalid;Password=none-that-anybody-tries{attributes}", ("environment", environment)));
        Assert.Contains("ConnectionStrings__Accounts has several hosts and takes the first that answers, be it a standby", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Target Session Attributes=primary", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task XA_11_Of_several_hosts_the_one_that_writes_is_found()
    {
        var one = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync());
        var nowhere = Directory.CreateTempSubdirectory("accounts-no-database-").FullName;
        var several = new NpgsqlConnectionStringBuilder(one.ConnectionString) { Host = $"{nowhere},{one.Host}", TargetSessionAttributes = "primary" };
        await using var node = await TestServer.StartOnAsync(several.ConnectionString);
        using var browser = node.Client();
        await browser.SignInSomebodyAsync();
        await Until.TrueAsync(async () => (await browser.GetAsync("/readyz")).Status == 200, "the node is ready");
        Assert.Equal(200, (await browser.RefreshAsync()).Status);
        Directory.Delete(nowhere);
    }

    private static void AssertAway(Answer answer)
    {
        Assert.True(answer.Status == 503, answer.ToString());
        Assert.Equal("unavailable", answer["code"]);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 10);
        Assert.Empty(answer.SetCookies);
    }

    /// <summary>For connections that are made from now on; those that are there end.</summary>
    private async Task SetAsync(string setting)
    {
        await OutsideAsync($"ALTER DATABASE {{0}} SET {setting}");
        await OutsideAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{0}'");
    }

    /// <summary>From another database of the same server: to this one nothing can be written.</summary>
    private Task<int> OutsideAsync(string statement)
    {
        var here = new NpgsqlConnectionStringBuilder(server.Database.ConnectionString);
        var outside = new NpgsqlConnectionStringBuilder(here.ConnectionString) { Database = "postgres", Pooling = false };
        return new TestDatabase(outside.ConnectionString).ExecuteAsync(string.Format(CultureInfo.InvariantCulture, statement, here.Database));
    }
}
