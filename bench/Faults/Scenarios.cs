using Npgsql;

namespace Faults;

/// <summary>All of them, in the order of the table.</summary>
internal static class Scenarios
{
    private static readonly string[] Keys = ["keys", "rotate"];

    public static IEnumerable<Scenario> All(Published published) =>
    [
        .. Attacks.All,
        new("kill", "(38) `kill -9` of a node, 20 times in turn", new Setting { MayDouble = true }, async stage =>
        {
            for (var i = 0; i < 20; i++)
            {
                var node = stage.Nodes[i % 2];
                await node.KillAsync();
                await Task.Delay(300);
                await node.StartAsync();
            }
        }),
        new("postgres-restart", "(39) PostgreSQL restarted", new Setting(), async stage =>
        {
            await stage.Primary.StopAsync();
            await stage.Primary.StartAsync();
        }),
        new("postgres-kill", "(39) PostgreSQL killed, and away for 5 s", new Setting(), async stage =>
        {
            await stage.Primary.KillAsync();
            await Task.Delay(5000);
            await stage.Primary.StartAsync();
        }),
        new("postgres-frozen", "(39) PostgreSQL stopped for 30 s (`SIGSTOP`)", new Setting(), async stage =>
        {
            await stage.Primary.FreezeAsync();
            await Task.Delay(30_000);
            await stage.Primary.ThawAsync();
        }),
        new("connections", "(39) all connections of PostgreSQL used up by others for 15 s", new Setting(), async stage =>
        {
            var others = new List<NpgsqlConnection>();
            await stage.Primary.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
            try
            {
                while (others.Count < 120)
                {
                    others.Add(await stage.Primary.OpenAsync());
                }
            }
            catch (PostgresException)
            {
                // That was the last.
            }
            await Task.Delay(15_000);
            foreach (var other in others)
            {
                await other.DisposeAsync();
            }
        }),
        new("disk-full", "(39) the disk of PostgreSQL full for 15 s", new Setting { DataFolder = published.SmallDisk, Postgres = ["max_wal_size=48MB", "min_wal_size=32MB", "wal_keep_size=0"] }, async stage =>
        {
            var ballast = Path.Combine(published.SmallDisk, "..", "ballast");
            await using (var file = File.Create(ballast))
            {
                try
                {
                    var block = new byte[1024 * 1024];
                    while (true)
                    {
                        await file.WriteAsync(block);
                        await file.FlushAsync();
                    }
                }
                catch (IOException)
                {
                    // Full.
                }
            }
            await Task.Delay(15_000);
            File.Delete(ballast);
            await stage.Primary.StartIfDownAsync();
        }),
        new("read-only", "PostgreSQL refuses to write for 10 s", new Setting(), async stage =>
        {
            await SetReadOnlyAsync(stage, "on");
            await Task.Delay(10_000);
            await SetReadOnlyAsync(stage, "off");
        }),
        new("promotion-synchronous", "the primary dies, its synchronous standby is promoted", new Setting { Standby = true, Synchronous = true }, PromoteAsync),
        new("promotion-asynchronous", "the primary dies, its asynchronous standby is promoted", new Setting { Standby = true, MayLose = true }, PromoteAsync),
        new("frozen-node", "a node stopped while it holds a lock, for 20 s", new Setting(), async stage =>
        {
            await using var connection = await stage.Primary.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("SELECT 1 FROM users ORDER BY id LIMIT 8 FOR UPDATE", connection, transaction))
            {
                await command.ExecuteNonQueryAsync();
            }
            await Task.Delay(1000);
            await stage.Nodes[0].SignalAsync("STOP");
            await transaction.RollbackAsync();
            await Task.Delay(20_000);
            await stage.Nodes[0].SignalAsync("CONT");
        }),
        new("mail-away", "(40) the mail server away for 60 s", new Setting(), async stage =>
        {
            stage.Mailboxes.Close();
            await Task.Delay(60_000);
            stage.Mailboxes.Open();
        }),
        new("mail-stalls", "(40) the mail server hangs up in the middle of each mail for 15 s", new Setting(), stage => MailFaultAsync(stage, MailFault.Stalls)),
        new("mail-forgets", "(40) the mail server takes each mail and does not say so, for 5 s", new Setting { MayDouble = true }, stage => MailFaultAsync(stage, MailFault.ForgetsToAnswer, 5)),
        new("rotation", "(19) the signing key rotated three times", new Setting(), async stage =>
        {
            for (var i = 0; i < 3; i++)
            {
                await published.CommandAsync(stage, Keys);
                await Task.Delay(5000);
            }
        }),
        new("rolling-restart", "each node restarted in turn, twice", new Setting { Relay = (0, 0), Seamless = true }, async stage =>
        {
            for (var i = 0; i < 4; i++)
            {
                await stage.Nodes[i % 2].StopAsync();
                await stage.Nodes[i % 2].StartAsync();
                await Task.Delay(1000);
            }
        }),
        new("rolling-upgrade", "from the commit before to this one, with a column added to every table between", new Setting { Relay = (0, 0), Seamless = true }, async stage =>
        {
            await stage.Nodes[0].StopAsync();
            await stage.Nodes[0].StartAsync(published.Before);
            await stage.Nodes[1].StopAsync();
            await stage.Nodes[1].StartAsync(published.Before);
            await Task.Delay(2000);
            await AddColumnsAsync(stage);
            await Task.Delay(2000);
            foreach (var node in stage.Nodes)
            {
                await node.StopAsync();
                await node.StartAsync();
            }
        }),
        .. new[] { "-20s", "+20s", "-2m", "+2m", "-1h", "+1h" }.Select(offset => new Scenario(
            $"clock{offset}", $"(18) the clock of one node off by {offset}", new Setting { SecondNode = ["faketime", "-f", offset], Relay = (0, 0), Skewed = !offset.EndsWith("20s", StringComparison.Ordinal), Seamless = true }, _ => Task.Delay(10_000))),
    ];

    /// <summary>As the server migrates: a table at a time, and behind nobody for long.</summary>
    private static async Task AddColumnsAsync(Stage stage)
    {
        await using var connection = await stage.Primary.OpenAsync();
        var tables = (string[])(await stage.Primary.ScalarAsync("SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'public'"))!;
        foreach (var table in tables)
        {
            for (var isDone = false; !isDone;)
            {
                await using var add = new NpgsqlCommand($"SET lock_timeout = '1s'; ALTER TABLE \"{table}\" ADD COLUMN of_the_next_version integer", connection);
                try
                {
                    await add.ExecuteNonQueryAsync();
                    isDone = true;
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
                {
                    await Task.Delay(100);
                }
            }
        }
    }

    private static async Task SetReadOnlyAsync(Stage stage, string value)
    {
        await stage.Primary.ExecuteAsync($"ALTER SYSTEM SET default_transaction_read_only = {value}", "postgres");
        await stage.Primary.ExecuteAsync("SELECT pg_reload_conf()", "postgres");
    }

    private static async Task PromoteAsync(Stage stage)
    {
        await stage.Primary.KillAsync();
        await Task.Delay(1000);
        await stage.Standby!.PromoteAsync();
    }

    private static async Task MailFaultAsync(Stage stage, MailFault fault, int seconds = 15)
    {
        stage.Mailboxes.Fault = fault;
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        stage.Mailboxes.Fault = MailFault.None;
    }
}
