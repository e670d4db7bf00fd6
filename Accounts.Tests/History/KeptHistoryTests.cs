using Accounts.Core.Deletion;
using Accounts.Core.History;
using Accounts.Core.SigningKeys;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.History;

/// <summary>What the server itself takes out of the history leaves it whole: people who are erased, events whose time is over, keys that sign no more.</summary>
public sealed class KeptHistoryTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Old = "at = at - interval '181 days'";
    private readonly TestServer server = shared.Server;

    public async ValueTask InitializeAsync() => await server.BegunAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task HI_03_Who_is_erased_takes_salt_and_fields_along_and_the_history_stays_whole()
    {
        var user = await server.MakeHistoryAsync();
        var events = await server.Database.CountAsync("security_events", "user_id = @user AND number IS NOT NULL", ("user", user));
        var links = await server.Database.ScalarAsync<string>("SELECT string_agg(encode(link, 'hex') || encode(fields_hash, 'hex'), ' ' ORDER BY number) FROM security_events WHERE user_id = @user", ("user", user));
        await EraseAsync(user);
        Assert.Equal(events, await server.Database.CountAsync("security_events", "user_id = @user AND salt IS NULL AND ip = '' AND user_agent = '' AND before IS NULL AND after IS NULL AND kind <> 'account_erased'", ("user", user)));
        // What the administrator did, and from where, is the administrator's.
        Assert.Equal(1, await server.Database.CountAsync("security_events", "user_id = @user AND actor_salt IS NOT NULL AND actor_ip <> ''", ("user", user)));
        Assert.Equal(links, await server.Database.ScalarAsync<string>("SELECT string_agg(encode(link, 'hex') || encode(fields_hash, 'hex'), ' ' ORDER BY number) FROM security_events WHERE user_id = @user AND kind <> 'account_erased'", ("user", user)));
        await server.NumberEventsAsync();
        var report = await server.VerifyAsync();
        Assert.True(report.GetProperty("whole").GetBoolean(), report.ToString());
        Assert.True(report.GetProperty("erased").GetInt64() >= events);
    }

    /// <summary>An administrator who leaves takes nothing along of what was done to others.</summary>
    [Fact]
    public async Task HI_03_Of_an_erased_administrators_acts_everything_stays_but_address_and_device()
    {
        var user = await server.MakeHistoryAsync();
        var actor = await server.Database.ScalarAsync<Guid>("SELECT actor_id FROM security_events WHERE user_id = @user AND kind = 'roles_changed'", ("user", user));
        await server.Database.ExecuteAsync("UPDATE users SET roles = '{}' WHERE id = @actor", ("actor", actor));
        await EraseAsync(actor);
        await server.NumberEventsAsync();
        Assert.Empty(await server.WrongAsync());
        const string Act = "user_id = @user AND kind = 'roles_changed' AND actor_salt IS NULL AND actor_ip = ''";
        Assert.Equal(1, await server.Database.CountAsync("security_events", $"{Act} AND salt IS NOT NULL AND after IS NOT NULL", ("user", user)));
        var number = await server.Database.ScalarAsync<long>($"SELECT number FROM security_events WHERE {Act}", ("user", user));
        await server.IsWrongAfterAsync($"UPDATE security_events SET after = before WHERE number = {number}", $"fields_changed {number}");
        await server.IsWrongAfterAsync($"UPDATE security_events SET actor_id = gen_random_uuid() WHERE number = {number}", $"changed {number}", $"not_erased {number}");
        await server.IsWrongAfterAsync($"UPDATE security_events SET actor_ip = '192.0.2.9' WHERE number = {number}", $"fields_changed {number}");
    }

    /// <summary>No hash says any more what stood there, and so it has to be nothing.</summary>
    [Fact]
    public async Task HI_03_What_somebody_writes_into_the_row_of_a_person_who_was_erased_is_named()
    {
        var user = await server.MakeHistoryAsync();
        await EraseAsync(user);
        await server.NumberEventsAsync();
        var number = await server.Database.ScalarAsync<long>("SELECT number FROM security_events WHERE user_id = @user AND kind = 'roles_changed'", ("user", user));
        foreach (var change in new[] { "ip = '192.0.2.9'", "user_agent = 'x'", "before = '{}'", """after = '{"roles": ["admin"]}'""" })
        {
            await server.IsWrongAfterAsync($"UPDATE security_events SET {change} WHERE number = {number}", $"fields_changed {number}");
        }
    }

    /// <summary>Anybody who writes to the database can put in an event; that nobody was erased covers nothing.</summary>
    [Fact]
    public async Task HI_03_An_erasure_of_nobody_that_was_put_in_hides_nothing_of_what_is_recorded_of_nobody()
    {
        const string Nobody = "'00000000-0000-0000-0000-000000000000'", Insert = "INSERT INTO security_events (id, user_id, at, ip, user_agent, kind, after)";
        await server.Database.ExecuteAsync($$"""{{Insert}} VALUES (gen_random_uuid(), {{Nobody}}, now(), '', '', 'users_imported', '{"new": 7}')""");
        await server.NumberEventsAsync();
        var number = await server.EndAsync();
        await server.WithChangeAsync(
            $"UPDATE security_events SET after = NULL, salt = NULL WHERE number = {number}; {Insert} VALUES (gen_random_uuid(), {Nobody}, now(), '', '', 'account_erased', NULL)", async () =>
            {
                await server.NumberEventsAsync();
                Assert.Equal([$"not_erased {number}"], await server.WrongAsync());
            });
    }

    [Fact]
    public async Task HI_04_What_has_had_its_time_goes_up_to_a_signed_head_and_the_rest_is_whole()
    {
        await server.MakeHistoryAsync();
        var end = await server.EndAsync();
        await server.WithChangeAsync("SELECT 1", async () =>
        {
            await server.PlantHeadAsync(end, await server.LinkAsync(end), HeadSigning.KeptFor + TimeSpan.FromHours(1), after: 0);
            await server.MakeHistoryAsync();
            await server.SignAsync(TimeSpan.FromMinutes(40));
            await server.Database.ExecuteAsync($"UPDATE security_events SET {Old} WHERE number <= {end}");
            await server.SweepAsync();
            Assert.Equal(0, await server.Database.CountAsync("security_events", $"number <= {end}"));
            var report = await server.VerifyAsync();
            Assert.True(report.GetProperty("whole").GetBoolean(), report.ToString());
            Assert.Equal(end, report.GetProperty("after").GetInt64());
        });
    }

    /// <summary>Who wants events to go makes them and the heads look old; what is signed says when.</summary>
    [Fact]
    public async Task HI_04_A_head_that_was_made_to_look_old_takes_nothing_along_unseen()
    {
        await server.MakeHistoryAsync();
        await server.WithChangeAsync("SELECT 1", async () =>
        {
            await server.SignAsync(TimeSpan.FromMinutes(40));
            var end = await server.EndAsync();
            await server.MakeHistoryAsync();
            await server.Database.ExecuteAsync($"UPDATE security_events SET {Old} WHERE number <= {end}; UPDATE event_heads SET {Old}");
            await server.SweepAsync();
            Assert.Equal(0, await server.Database.CountAsync("security_events", $"number <= {end}"));
            Assert.Equal([$"head_missing {end}"], await server.WrongAsync());
        });
    }

    /// <summary>Without a head whose time is over nothing goes, whatever the rows say.</summary>
    [Fact]
    public async Task HI_04_Events_that_were_made_to_look_old_stay()
    {
        var user = await server.MakeHistoryAsync();
        var events = await server.Database.CountAsync("security_events", "user_id = @user", ("user", user));
        await server.WithChangeAsync($"UPDATE security_events SET {Old} WHERE user_id = '{user}'", async () =>
        {
            await server.SweepAsync();
            Assert.Equal(events, await server.Database.CountAsync("security_events", "user_id = @user", ("user", user)));
        });
    }

    [Fact]
    public async Task HI_05_What_a_key_has_signed_is_proved_when_the_key_is_long_gone()
    {
        await server.MakeHistoryAsync();
        var head = await server.SignAsync(TimeSpan.FromMinutes(40));
        await using var scope = server.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<SigningKeyStore>();
        foreach (var (key, _) in await store.ListAsync(TestContext.Current.CancellationToken))
        {
            Assert.True(await store.RevokeAsync(key.Id, TestContext.Current.CancellationToken));
        }
        await server.Database.ExecuteAsync("UPDATE signing_keys SET revoked_at = now() - interval '31 days' WHERE revoked_at IS NOT NULL");
        await server.SweepAsync();
        Assert.Equal(1, await server.Database.CountAsync("signing_keys"));
        Assert.Equal(2, await server.Database.CountAsync("public_signing_keys"));
        Assert.Empty(await server.WrongAsync("--head", head));
        await server.MakeHistoryAsync();
        await server.SignAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(await server.WrongAsync("--head", head));
    }

    private async Task EraseAsync(Guid user)
    {
        await server.Database.ExecuteAsync("UPDATE users SET deleted_at = now() - interval '20 days', erase_after = now() - interval '1 day' WHERE id = @user", ("user", user));
        await using var scope = server.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<AccountErasure>().EraseAsync(user, TestContext.Current.CancellationToken));
    }
}
