using Accounts.Core.Data;
using Accounts.Core.Data.Upgrade;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Housekeeping;

/// <summary>What has had its time is removed, what has not stays, and nobody feels it.</summary>
[Trait("Pace", "long")]
public sealed class SweeperTests(Postgres postgres) : IAsyncLifetime
{
    /// <summary>With their numbers: what the worker that gives them holds, a sweep passes over until its next round.</summary>
    private const string Event = "INSERT INTO security_events (number, id, kind, user_id, at, ip, user_agent)";

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
    public async Task RL_08_100000_expired_rows_go_in_bounded_batches_while_people_sign_in()
    {
        var person = await client.SignInSomebodyAsync();
        var kept = await server.Database.CountAsync("security_events");
        await server.Database.ExecuteAsync($"{Event} SELECT 1000000 + n, gen_random_uuid(), 'signed_in', gen_random_uuid(), now() - interval '181 days', '127.0.0.1', repeat('x', 40) FROM generate_series(1, 100000) n");
        await NoteBatchesAsync();
        var sweeping = server.SweepAsync();
        var signIns = 0;
        for (; !sweeping.IsCompleted || signIns < 5; signIns++)
        {
            Assert.Equal(200, (await client.LoginAsync(person)).Status);
        }
        await sweeping;
        // Each sign-in has left its own, and that of the session that it took the place of.
        Assert.Equal(kept + 2 * signIns, await server.Database.CountAsync("security_events"));
        Assert.Equal(100000, await server.Database.ScalarAsync<long>("SELECT sum(count)::bigint FROM batches"));
        Assert.InRange(await server.Database.ScalarAsync<long>("SELECT max(count) FROM batches"), 1, 50000);
    }

    private Task NoteBatchesAsync() => server.Database.ExecuteAsync("""
        CREATE TABLE batches (count bigint);
        CREATE FUNCTION note_batch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO batches SELECT count(*) FROM gone; RETURN NULL; END $$;
        CREATE TRIGGER note_batch AFTER DELETE ON security_events REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_batch();
        """);

    [Theory]
    [InlineData("ended_at = now() - interval '31 days'", false), InlineData("ended_at = now() - interval '29 days'", true)]
    [InlineData("rotated_at = now() - interval '22 days', generation = 1", false), InlineData("rotated_at = now() - interval '20 days', generation = 1", true)]
    [InlineData("created_at = now() - interval '98 days'", false), InlineData("created_at = now() - interval '96 days'", true), InlineData("generation = 5", true)]
    public async Task RL_08_Sessions_go_a_while_after_their_end(string past, bool stays)
    {
        await client.SignInSomebodyAsync();
        Assert.Equal(1, await server.Database.ExecuteAsync($"UPDATE sessions SET {past}"));
        await SweptAsync("sessions", stays);
        Assert.Equal(1, await server.Database.CountAsync("users"));
    }

    [Theory]
    [InlineData("email_verification_tokens", "expires_at = now() - interval '8 days'", false), InlineData("email_verification_tokens", "expires_at = now() - interval '6 days', used_at = now()", true)]
    [InlineData("outbox_messages", "state = 'sent', sent_at = now() - interval '8 days'", false), InlineData("outbox_messages", "state = 'sent', sent_at = now() - interval '6 days'", true)]
    [InlineData("outbox_messages", "state = 'abandoned', created_at = now() - interval '31 days'", false), InlineData("outbox_messages", "state = 'abandoned', created_at = now() - interval '29 days'", true)]
    [InlineData("outbox_messages", "state = 'sending', due_at = now() + interval '1 day', sent_at = NULL, created_at = now() - interval '40 days'", true)]
    [InlineData("security_events", "at = now() - interval '181 days'", false), InlineData("security_events", "at = now() - interval '179 days'", true)]
    [InlineData("signing_keys", "revoked_at = now() - interval '31 days'", false), InlineData("signing_keys", "revoked_at = now() - interval '29 days'", true), InlineData("signing_keys", "created_at = now() - interval '99 days'", true)]
    public async Task RL_08_What_is_over_goes_and_what_is_not_stays(string table, string past, bool stays)
    {
        var person = Some.Person();
        await client.RegisterAsync(person);
        await server.Mailbox.WaitAsync(person.Email);
        await Until.TrueAsync(async () => await server.Database.CountAsync("outbox_messages", "state = 'sent'") == 1, "the mail is sent");
        Assert.Equal(1, await server.Database.ExecuteAsync($"UPDATE {table} SET {past}"));
        await server.Database.ExecuteAsync("INSERT INTO event_heads (number, at, jws) VALUES (1000000, now() - interval '181 days', '')");
        await SweptAsync(table, stays);
    }

    [Fact]
    public void RL_08_Every_table_whose_rows_end_has_a_rule()
    {
        var swept = server.Services.GetServices<SweepRule>().Select(rule => rule.Table).ToArray();
        Assert.Equal(
            [
                "account_changes", "api_tokens", "daily_counts", "email_tickets", "email_verification_tokens", "ended_sessions", "erased_imports", "event_heads", "invitations", "link_tokens", "mail_requests", "old_tokens", "outbox_messages", "passkey_states", "pending_sign_ups", "security_events", "sessions", "sign_in_tickets", "signing_keys", "social_states",
                "throttle_counters", "totp_factors", "trusted_devices", "users", "webhook_messages", "webhook_receivers",
            ],
            swept.Order(StringComparer.Ordinal));
        using var db = DatabaseUpgrade.Open("Host=nowhere");
        var expiring = db.Model.GetEntityTypes().Where(entity => entity.FindProperty("ExpiresAt") is not null).ToArray();
        Assert.NotEmpty(expiring);
        Assert.Empty(expiring.Select(entity => entity.GetTableName()!).Except(swept));
    }

    [Theory]
    [InlineData("expires_at = now() - interval '1 second'", false), InlineData("expires_at = now() + interval '1 hour'", true)]
    public async Task RL_08_Counters_go_when_they_count_no_more(string state, bool stays)
    {
        await server.Database.ExecuteAsync("INSERT INTO throttle_counters (key, count, expires_at) VALUES ('x', 1, now())");
        await server.Database.ExecuteAsync($"UPDATE throttle_counters SET {state}");
        await SweptAsync("throttle_counters", stays);
    }

    [Theory]
    [InlineData("username = username", false), InlineData("email_verified = true", true), InlineData("last_login = now()", true), InlineData("signed_up_here = false", true)]
    [InlineData("roles = '{admin}'", true), InlineData("date_joined = now() - interval '29 days'", true)]
    public async Task RL_08_Only_sign_ups_that_came_to_nothing_go(string state, bool stays)
    {
        await client.RegisterAsync(Some.Person());
        await server.Database.ExecuteAsync("UPDATE users SET date_joined = now() - interval '31 days'");
        await server.Database.ExecuteAsync($"UPDATE users SET {state}");
        await SweptAsync("users", stays);
    }

    [Fact]
    public async Task RL_08_A_user_of_an_identity_provider_stays()
    {
        await client.RegisterAsync(Some.Person());
        await server.Database.ExecuteAsync("UPDATE users SET date_joined = now() - interval '31 days'");
        await server.Database.ExecuteAsync("INSERT INTO social_accounts (provider, issuer, provider_uid, user_id, email_verified, extra_data, created_at) SELECT 'google', 'https://accounts.google.com', '1', id, false, '{}', now() FROM users");
        await SweptAsync("users", stays: true);
    }

    [Fact]
    public async Task RL_08_Users_that_somebody_has_written_into_the_table_stay()
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, security_stamp, first_name, last_name, is_active, roles, date_joined)
            SELECT gen_random_uuid(), 'u' || n, 'u' || n, 'u' || n, 'u' || n, false, '', '', '', true, '{}', '2024-01-01' FROM generate_series(1, 500) n
            """);
        await server.SweepAsync();
        Assert.Equal(500, await server.Database.CountAsync("users"));
    }

    [Fact]
    public async Task RL_08_A_sweep_that_is_broken_off_goes_on_at_another_node_where_it_stopped()
    {
        await server.Database.ExecuteAsync($"{Event} SELECT 1000000 + n, gen_random_uuid(), 'signed_in', gen_random_uuid(), now() - interval '181 days', '127.0.0.1', repeat('x', 400) FROM generate_series(1, 30000) n");
        await NoteBatchesAsync();
        using var broken = new CancellationTokenSource();
        var sweeping = server.SweepAsync(broken.Token);
        await Until.TrueAsync(async () => await server.Database.CountAsync("batches", "count > 0") > 2, "it has begun");
        await broken.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweeping);
        var stopped = await server.Database.ScalarAsync<long>("SELECT page FROM sweeps WHERE table_name = 'security_events'");
        Assert.InRange(stopped, 100, 1500);
        // Where it has been already; it does not begin anew.
        await server.Database.ExecuteAsync("DELETE FROM sweeps WHERE table_name <> 'security_events'; TRUNCATE batches");
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString);
        await other.SweepOnAsync();
        Assert.Equal(0, await server.Database.CountAsync("security_events", "at < now() - interval '180 days'"));
        var pages = await server.Database.ScalarAsync<long>("SELECT pg_relation_size('security_events') / 8192");
        Assert.Equal((pages - stopped + 99) / 100, await server.Database.CountAsync("batches"));
        Assert.Equal(1, await server.Database.CountAsync("sweeps", "table_name = 'security_events' AND page = 0 AND removed = 0 AND due_at > now() + interval '14 minutes'"));
    }

    [Fact]
    public async Task RL_08_A_table_that_cannot_be_swept_holds_up_no_other()
    {
        await client.SignInSomebodyAsync();
        await server.Database.ExecuteAsync("""
            UPDATE sessions SET ended_at = now() - interval '31 days';
            INSERT INTO throttle_counters (key, count, expires_at) VALUES ('x', 1, now() - interval '1 second');
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not this one'; END $$;
            CREATE TRIGGER refuse BEFORE DELETE ON throttle_counters FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        await server.SweepAsync();
        Assert.Equal((1, 0), (await server.Database.CountAsync("throttle_counters"), await server.Database.CountAsync("sessions")));
    }

    /// <summary>Two nodes at it at once look at each page once.</summary>
    [Fact]
    public async Task RL_08_All_nodes_share_one_walk()
    {
        await server.Database.ExecuteAsync($"{Event} SELECT 1000000 + n, gen_random_uuid(), 'signed_in', gen_random_uuid(), now() - interval '181 days', '127.0.0.1', repeat('x', 400) FROM generate_series(1, 30000) n");
        await NoteBatchesAsync();
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString);
        await Task.WhenAll(server.SweepAsync(), other.SweepOnAsync());
        Assert.Equal(0, await server.Database.CountAsync("security_events", "at < now() - interval '180 days'"));
        var pages = await server.Database.ScalarAsync<long>("SELECT pg_relation_size('security_events') / 8192");
        Assert.Equal((pages + 99) / 100, await server.Database.CountAsync("batches"));
    }

    private async Task SweptAsync(string table, bool stays)
    {
        Assert.Equal(1, await server.Database.CountAsync(table));
        await server.SweepAsync();
        Assert.Equal(stays ? 1 : 0, await server.Database.CountAsync(table));
    }

}
