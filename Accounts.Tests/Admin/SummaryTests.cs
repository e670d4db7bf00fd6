using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>The state of the whole: counted where nobody who signs in waits for it.</summary>
[Trait("Pace", "long")]
public sealed class SummaryTests(Postgres postgres) : IAsyncLifetime
{
    private const string Summary = "/api/admin/summary/";

    private TestServer server = null!;
    private ApiClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        admin = server.Client();
        await server.SignInAdministratorAsync(admin);
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_tells_who_is_there_and_what_happened_today()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.LoginAsync(person with { Password = "not the password" });
        await client.LoginAsync(person with { Password = "nor this one" });
        await server.Database.ExecuteAsync("UPDATE users SET last_login = now() - interval '31 days' WHERE email = @email", ("email", person.Email));
        await UntilAsync(today => today.GetProperty("failures").GetInt64() == 2 && today.GetProperty("sign_ins").GetInt64() >= 2);
        var answer = await admin.GetAsync(Summary);
        Assert.Equal(200, answer.Status);
        Assert.Equal(2, answer.Json.GetProperty("users").GetInt64());
        Assert.Equal(1, answer.Json.GetProperty("verified").GetInt64());
        Assert.Equal(1, answer.Json.GetProperty("active_30d").GetInt64());
        Assert.Equal(0, answer.Json.GetProperty("factors").GetInt64());
        Assert.Equal(30, answer.Json.GetProperty("days").GetArrayLength());
        Assert.Equal(2, Today(answer).GetProperty("registered").GetInt64());
        Assert.Equal(await server.Database.ScalarAsync<DateTime>("SELECT (now() AT TIME ZONE 'UTC')::date::timestamp"), Today(answer).GetProperty("day").GetDateTime());
    }

    [Fact]
    public async Task A_failure_that_is_counted_up_later_counts_on_its_day()
    {
        var before = await server.Database.ScalarAsync<long>("SELECT coalesce(sum(count), 0)::bigint FROM daily_counts");
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        for (var round = 0; round < 3; round++)
        {
            await client.LoginAsync(person with { Password = "not the password" });
            await UntilAsync(today => today.GetProperty("failures").GetInt64() == round + 1);
        }
        await server.NumberEventsAsync();
        // One who signed up, two sign-ins (the administrator's may be counted before), three failures.
        Assert.Equal(3, await server.Database.ScalarAsync<long>("SELECT sum(count)::bigint FROM daily_counts WHERE kind = 'sign_in_failed'"));
        Assert.True(await server.Database.ScalarAsync<long>("SELECT sum(count)::bigint FROM daily_counts") >= before + 5);
    }

    /// <summary>Of an upgrade, or of a time in which no server ran.</summary>
    [Fact]
    public async Task Events_of_earlier_days_are_counted_on_theirs_and_once()
    {
        await server.Database.PlantEventsAsync(1_500, secondsAgo: 3 * 86_400);
        await server.NumberEventsAsync();
        await server.NumberEventsAsync();
        Assert.Equal(1_500, await server.Database.ScalarAsync<long>(
            "SELECT sum(count)::bigint FROM daily_counts WHERE kind = 'signed_in' AND day < (now() AT TIME ZONE 'UTC')::date - 1"));
    }

    [Fact]
    public async Task Mails_that_wait_and_mails_that_were_given_up_are_told()
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO outbox_messages (id, template, recipient, state, attempts, created_at, due_at)
            SELECT gen_random_uuid(), 'verify-email', 'x@example.test', s, 0, now() - interval '90 seconds', now() + interval '1 hour'
            FROM unnest(ARRAY['queued', 'queued', 'abandoned']) s
            """);
        var outbox = (await admin.GetAsync(Summary)).Json.GetProperty("outbox");
        Assert.Equal(2, outbox.GetProperty("queued").GetInt64());
        Assert.InRange(outbox.GetProperty("oldest_s").GetInt64(), 90, 200);
        Assert.Equal(1, outbox.GetProperty("parked").GetInt64());
    }

    private Task UntilAsync(Predicate<JsonElement> holds) =>
        Until.TrueAsync(async () => holds(Today(await admin.GetAsync(Summary))), "today's counts are so");

    private static JsonElement Today(Answer answer) => answer.Json.GetProperty("days").EnumerateArray().Last();
}
