using System.Diagnostics;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>A database that answers, and refuses to write.</summary>
public sealed class RefusedWritesTests(Postgres postgres)
{
    [Fact]
    public async Task XA_11_A_read_only_database_is_away_and_heals_alone()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var cookie = client.Cookies["refresh_token"];
        await SetReadOnlyAsync(server.Database, "on");

        foreach (var answer in new[] { await client.RefreshAsync(), await client.LoginAsync(person), await client.RegisterAsync(Some.Person()) })
        {
            answer.AssertRefused(503, "unavailable");
            Assert.NotNull(answer.Header("Retry-After"));
            Assert.Empty(answer.SetCookies);
        }
        Assert.Equal(503, (await client.GetAsync("/readyz")).Status);
        Assert.Equal(cookie, client.Cookies["refresh_token"]);

        await SetReadOnlyAsync(server.Database, "off");
        var since = Stopwatch.StartNew();
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "it is ready again");
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        Assert.Equal(201, (await client.RegisterAsync(Some.Person())).Status);
    }

    [Fact]
    public async Task XA_11_A_full_disk_is_told_by_readiness_from_the_first_write_that_fails_until_one_works()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await server.Database.ExecuteAsync("""
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION full_disk();
            CREATE FUNCTION full_temp() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
            CREATE EVENT TRIGGER full_temp ON ddl_command_end WHEN TAG IN ('CREATE TABLE AS') EXECUTE FUNCTION full_temp();
            """);
        Assert.Equal(200, (await client.GetAsync("/readyz")).Status);
        (await client.RegisterAsync(Some.Person())).AssertRefused(503, "unavailable");
        Assert.Equal(503, (await client.GetAsync("/readyz")).Status);
        Assert.Equal(503, (await client.GetAsync("/readyz")).Status);
        await server.Database.ExecuteAsync("DROP EVENT TRIGGER full_temp; DROP TRIGGER full_disk ON users");
        Assert.Equal(200, (await client.GetAsync("/readyz")).Status);
        Assert.Equal(201, (await client.RegisterAsync(Some.Person())).Status);
    }

    [Fact]
    public async Task XA_11_Several_hosts_without_Target_Session_Attributes_stop_the_start()
    {
        var several = (await postgres.CreateDatabaseAsync()).Replace("Host=", "Host=/nowhere,", StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync(several));
        Assert.Contains("Target Session Attributes=read-write", failure.Message, StringComparison.Ordinal);
        await using var server = await TestServer.StartOnAsync($"{several};Target Session Attributes=read-write");
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(Some.Person())).Status);
    }

    /// <summary>For connections that are made from now on, too: those that are there are ended, as by a primary that is demoted.</summary>
    private static Task<int> SetReadOnlyAsync(TestDatabase database, string value) => database.ExecuteAsync($"""
        SET default_transaction_read_only = off; SET transaction_read_only = off;
        DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = {value}', current_database()); END $$;
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        """);
}
