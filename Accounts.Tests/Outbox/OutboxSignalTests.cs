using Accounts.Tests.Mail;
using Accounts.Development.Postgres;
using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Outbox;

[Trait("Pace", "slow")]
public sealed class OutboxSignalTests
{
    private const string Listening = "query = 'LISTEN accounts_outbox'";

    [Fact]
    public async Task The_outbox_is_listened_to_on_a_database_that_asks_for_a_password_and_again_after_a_cut()
    {
        await using var database = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { Throwaway = true });
        var connection = await DemandPasswordAsync(database);
        await using var server = await ServerProcess.StartAsync(connection);
        await server.Database.UntilConnectionsAsync(1, Listening);
        await server.Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {Listening}");
        await server.LoggedAsync("Not listening for new mails");
        await server.Database.UntilConnectionsAsync(1, Listening);
        Assert.DoesNotContain("No password has been provided", server.Output, StringComparison.Ordinal);
    }

    /// <summary>A user of its own that only a password lets in.</summary>
    private static async Task<string> DemandPasswordAsync(PrivatePostgres database)
    {
        var owner = new TestDatabase(database.ConnectionString);
        await owner.ExecuteAsync("CREATE ROLE accounts LOGIN PASSWORD 'canary-of-the-database'; ALTER DATABASE accounts OWNER TO accounts; GRANT pg_read_all_stats, pg_signal_backend TO accounts");
        var rules = Path.Combine(database.DataFolder, "pg_hba.conf");
        await File.WriteAllTextAsync(rules, "local all postgres trust\nlocal all all scram-sha-256\n");
        await owner.ExecuteAsync("SELECT pg_reload_conf()");
        return new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "accounts", Password = "canary-of-the-database" }.ConnectionString;
    }
}
