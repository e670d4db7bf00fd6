using Accounts.Core.Data;
using Accounts.Core.Housekeeping;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Accounts.Tests.Housekeeping;

/// <summary>What has had its time is removed, what has not stays, and nobody feels it.</summary>
[Trait("Pace", "slow")]
public sealed class SweeperTests(Postgres postgres) : IAsyncLifetime
{
    private const string Event = "INSERT INTO security_events (id, kind, user_id, at, ip, user_agent)";

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
        await server.Database.ExecuteAsync($"{Event} SELECT gen_random_uuid(), 'signed_in', gen_random_uuid(), now() - interval '181 days', '127.0.0.1', repeat('x', 40) FROM generate_series(1, 100000)");
        await NoteBatchesAsync();
        var sweeping = SweepAsync();
        var signIns = 0;
        for (; !sweeping.IsCompleted || signIns < 5; signIns++)
        {
            Assert.Equal(200, (await client.LoginAsync(person)).Status);
        }
        await sweeping;
        // Each sign-in has left its own.
        Assert.Equal(kept + signIns, await server.Database.CountAsync("security_events"));
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
        await SweptAsync(table, stays);
    }

    [Fact]
    public void RL_08_Every_table_whose_rows_end_has_a_rule()
    {
        var swept = server.Services.GetServices<SweepRule>().Select(rule => rule.Table).ToArray();
        Assert.Equal(
            [
                "email_tickets", "email_verification_tokens", "link_tokens", "mail_requests", "outbox_messages", "pending_sign_ups", "security_events", "sessions", "signing_keys", "social_states",
                "throttle_counters", "users",
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
    [InlineData("username = username", false), InlineData("email_verified = true", true), InlineData("last_login = now()", true)]
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

    private async Task SweptAsync(string table, bool stays)
    {
        Assert.Equal(1, await server.Database.CountAsync(table));
        await SweepAsync();
        Assert.Equal(stays ? 1 : 0, await server.Database.CountAsync(table));
    }

    private Task SweepAsync() => server.Services.GetServices<IHostedService>().OfType<Sweeper>().Single().SweepAsync(CancellationToken.None);
}
