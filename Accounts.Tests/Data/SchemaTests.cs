using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>What the tables are made of, where it matters at size.</summary>
public sealed class SchemaTests(Postgres postgres)
{
    [Fact]
    public async Task Text_that_is_a_key_is_ordered_by_its_bytes()
    {
        var database = new TestDatabase(await postgres.CreateDatabaseAsync());
        var keys = await database.ScalarAsync<string[]>("""
            SELECT array_agg(DISTINCT (t.relname || '.' || a.attname || ' ' || c.collname) COLLATE "C")
            FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid, unnest(i.indkey::int2[], i.indcollation::oid[]) AS k (number, of)
              JOIN pg_collation c ON c.oid = k.of JOIN pg_attribute a ON a.attnum = k.number
            WHERE a.attrelid = t.oid AND t.relnamespace = 'public'::regnamespace AND t.relname <> '__EFMigrationsHistory'
            """);
        Assert.Equal(
            [
                "account_changes.reserved_email C", "daily_counts.kind C", "email_verification_tokens.purpose C", "invitations.email_key C", "pending_sign_ups.email_key C", "public_signing_keys.id C", "security_events.kind C", "signing_keys.id C", "social_accounts.issuer C",
                "social_accounts.provider C",
                "social_accounts.provider_uid C", "sweeps.table_name C", "users.email_key C", "users.legacy_id C", "users.roles C", "users.username_key C", "webhook_messages.receiver C", "webhook_receivers.receiver C",
            ],
            keys);
    }

    /// <summary>Every twentieth of freshly written users: the page has room for the next version of one of them.</summary>
    [Fact]
    public async Task A_sign_in_updates_its_user_in_its_page()
    {
        var database = new TestDatabase(await postgres.CreateDatabaseAsync());
        await database.ExecuteAsync("""
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, password_hash, security_stamp, first_name, last_name, is_active, roles, date_joined)
            SELECT gen_random_uuid(), 'u' || n, 'u' || n, 'u' || n, 'u' || n, true, repeat('x', 84), md5(n::text), '', '', true, '{}', now() FROM generate_series(1, 2000) n
            """);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var update = new NpgsqlCommand("UPDATE users SET last_login = clock_timestamp() WHERE substr(username, 2)::int % 20 = 0", connection, transaction);
        Assert.Equal(100, await update.ExecuteNonQueryAsync());
        await using var hot = new NpgsqlCommand("SELECT n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'users'", connection, transaction);
        Assert.Equal(100L, await hot.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Nobody_has_two_users_of_one_legacy_id_and_most_have_none()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var (one, other) = (await client.RegisterSomebodyAsync(), await client.RegisterSomebodyAsync());
        Assert.Equal(2, await server.Database.CountAsync("users", "legacy_id IS NULL"));
        await server.Database.ChangeAsync(one, "legacy_id = '17'");
        var taken = await Assert.ThrowsAsync<PostgresException>(() => server.Database.ChangeAsync(other, "legacy_id = '17'"));
        Assert.Equal("ix_users_legacy_id", taken.ConstraintName);
    }

    [Fact]
    public async Task A_session_that_is_new_has_no_parent_and_its_users_epoch()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal("0 -1 0 0 cookie", await server.Session(client.RefreshCookie!).ReadAsync<string>("concat_ws(' ', generation, parent_generation, first_child, epoch, transport)"));
        Assert.Equal("0 0", await server.Database.ScalarAsync<string>("SELECT concat_ws(' ', sessions_epoch, version) FROM users"));
    }
}
