using System.Text.RegularExpressions;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.Audit;

/// <summary>What happens to an account leaves a row, a line in the log, and where it matters a mail.</summary>
[Trait("Pace", "long")]
public sealed class SecurityEventTests(Postgres postgres) : IAsyncLifetime
{
    private const string Device = "Golden/1.0";

    private static readonly (string, string)[] Setting =
        [("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:FreeFailures", "2"), ("Accounts:Throttling:MailsPerMinute", "10")];

    private TestServer server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, Setting);
        client = server.Client(Device);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task LG_01_A_whole_life_leaves_the_events_of_the_golden_list()
    {
        var person = await client.RegisterSomebodyAsync();
        await client.VerifyAsync(await server.Mailbox.TokenAsync(person.Email));
        await RegisterAgainAsync(person);
        await FailAsync(person, 3);
        await server.Database.HoldBlocksAsync();
        Assert.Equal(429, await FailAsync(person, 1));
        await server.Database.ExecuteAsync("UPDATE throttle_counters SET blocked_until = NULL");
        await client.SignInAsync(person);
        await ReuseAsync();
        await client.SignInAsync(person);
        await client.LogoutAsync();
        await server.Database.CountedAsync(person, "sign_in_failed", 3);
        await server.Database.CountedAsync(person, "sign_in_locked", 1);
        Assert.Equal(
            "registered - 1|email_verified - 1|registration_repeated - 1|sign_in_failed - 3|sign_in_locked - 1|signed_in_after_failures - 1|signed_in session 1|refresh_token_reused session 1|signed_in session 1|signed_out session 1",
            await EventsAsync());
        Assert.Equal(0, await server.Database.CountAsync("security_events", "user_id <> (SELECT id FROM users) OR ip <> '127.0.0.1' OR user_agent <> @device OR at < now() - interval '5 minutes' OR at > now()", ("device", Device)));
        Assert.Equal(0, await server.Database.CountAsync("security_events", "session_id NOT IN (SELECT id FROM sessions)"));
    }

    /// <summary>Where existing accounts are hidden.</summary>
    private async Task RegisterAgainAsync(Person person)
    {
        await using var hiding = await TestServer.StartOnAsync(server.Database.ConnectionString, [.. Setting, ("Accounts:Registration:HideExistingAccounts", "true")]);
        using var again = hiding.Client(Device);
        Assert.Equal(201, (await again.RegisterAsync(person with { Username = Some.Username() })).Status);
        await server.Database.WorkedOffAsync();
    }

    [Fact]
    public async Task LG_01_New_passwords_leave_the_events_of_the_golden_list()
    {
        var person = await client.RegisterSomebodyAsync();
        await client.ResetAsync(await server.ResetTokenAsync(client, person));
        await client.SignInAsync(person with { Password = Some.OtherPassword });
        await client.ChangePasswordAsync(Some.OtherPassword, person.Password);
        Assert.Equal("registered - 1|password_reset_requested - 1|email_verified - 1|password_reset - 1|signed_in session 1|password_changed session 1|session_renewed session 1", await EventsAsync());
        Assert.Equal(0, await server.Database.CountAsync("security_events", "user_id <> (SELECT id FROM users) OR ip <> '127.0.0.1' OR user_agent <> @device", ("device", Device)));
    }

    [Fact]
    public async Task LG_05_The_owner_is_told_of_every_new_password_at_the_address_on_file()
    {
        var person = await client.RegisterSomebodyAsync();
        await client.ResetAsync(await server.ResetTokenAsync(client, person));
        var reset = await server.NoticeAsync(person);
        await client.SignInAsync(person with { Password = Some.OtherPassword });
        await client.ChangePasswordAsync(Some.OtherPassword, person.Password);
        var changed = await server.Mailbox.WaitAsync(person.Email, 4);
        Assert.All(new[] { reset, changed }, mail => Assert.Equal("Your password at localhost was changed", mail.Subject));
        Assert.Equal(2, await server.Database.CountAsync("outbox_messages", "template = 'password_changed' AND recipient = @to", ("to", person.Email)));
    }

    [Fact]
    public async Task LG_01_A_registration_that_its_mailbox_disowns_leaves_an_event_that_outlives_it()
    {
        var (_, token) = await server.RegisterSomebodyAsync(client);
        var id = await server.Database.ScalarAsync<Guid>("SELECT id FROM users");
        await client.RejectAsync(token);
        Assert.Equal(0, await server.Database.CountAsync("users"));
        Assert.Equal(2, await server.Database.CountAsync("security_events", "user_id = @id AND kind IN ('registered', 'registration_rejected')", ("id", id)));
    }

    [Fact]
    public async Task LG_05_The_owner_is_told_of_reuse_and_of_a_sign_in_after_many_failures()
    {
        var person = await client.RegisterSomebodyAsync();
        await FailAsync(person, 3);
        await server.Database.ExecuteAsync("UPDATE throttle_counters SET blocked_until = NULL");
        await client.SignInAsync(person);
        var failures = await server.Mailbox.WaitAsync(person.Email, 2);
        await ReuseAsync();
        var reuse = await server.Mailbox.WaitAsync(person.Email, 3);
        Assert.StartsWith("A sign-in to your account at localhost after many ", failures.Subject, StringComparison.Ordinal);
        Assert.Equal("We ended one of your sessions at localhost", reuse.Subject);
        Assert.All(new[] { failures, reuse }, mail => Assert.Contains("Address: 127.0.0.1\n", mail.Text, StringComparison.Ordinal));
        await client.SignInAsync(person);
        Assert.Equal(3, server.Mailbox.To(person.Email).Count);
    }

    [Fact]
    public async Task LG_01_What_is_undone_at_its_commit_leaves_no_line()
    {
        await using var logging = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), ("Logging:LogLevel:Default", "Information"));
        using var browser = logging.Client();
        var person = await browser.RegisterSomebodyAsync();
        await logging.Database.ExecuteAsync("""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'nothing can be committed'; END $$;
            CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON security_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail();
            """);
        Assert.Equal(500, (await browser.LoginAsync(person)).Status);
        Assert.Equal(500, (await browser.RegisterAsync(Some.Person())).Status);
        await logging.Database.ExecuteAsync("DROP TRIGGER fail ON security_events");
        await browser.SignInAsync(person);
        await browser.LogoutAsync();
        await Until.TrueAsync(() => Task.FromResult(logging.Output.Contains("SignedOut", StringComparison.Ordinal)), "the sign-out is logged");
        Assert.Equal(["Registered", "SignedIn", "SignedOut"], Regex.Matches(logging.Output, "Security event (\\w+)").Select(line => line.Groups[1].Value));
        Assert.Equal(3, await logging.Database.CountAsync("security_events"));
    }

    [Fact]
    public async Task LG_04_Without_its_event_no_change_is_made()
    {
        var (person, token) = await server.RegisterSomebodyAsync(client);
        await client.SignInAsync(person);
        var (session, stolen) = (server.Session(client.RefreshCookie!), client.RefreshCookie!);
        await RotateTwiceAsync();
        var reset = await server.Database.PlantResetAsync(person);
        await FailEventsAsync();
        var before = await DumpAsync();
        foreach (var change in Changes(person, token, reset, stolen))
        {
            Assert.Equal(500, (await change()).Status);
        }
        Assert.Equal(before, await DumpAsync());
        await session.AssertAsync(generation: 2, "alive");
    }

    /// <summary>Everything that changes something and says so.</summary>
    private IEnumerable<Func<Task<Answer>>> Changes(Person person, string token, string reset, string stolen) =>
    [
        () => client.RefreshAsync(stolen),
        () => client.ResetAsync(reset),
        () => client.ChangePasswordAsync(person.Password, Some.OtherPassword),
        () => client.LogoutAsync(),
        () => client.LoginAsync(person),
        () => client.RejectAsync(token),
        () => client.VerifyAsync(token),
        () => client.RegisterAsync(Some.Person()),
    ];

    /// <summary>What was tried is counted, whatever becomes of it.</summary>
    private async Task<string> DumpAsync()
    {
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        return await server.Database.DumpAsync();
    }

    private Task FailEventsAsync() => server.Database.ExecuteAsync("""
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no event can be written'; END $$;
        CREATE TRIGGER fail BEFORE INSERT ON security_events FOR EACH ROW EXECUTE FUNCTION fail();
        """);

    private async Task<int> FailAsync(Person person, int times)
    {
        using var guesser = server.Client(Device);
        var status = 0;
        for (var i = 0; i < times; i++)
        {
            status = (await guesser.LoginAsync(person with { Password = Some.OtherPassword })).Status;
        }
        return status;
    }

    private async Task ReuseAsync()
    {
        var used = client.RefreshCookie!;
        await RotateTwiceAsync();
        Assert.Equal("reused", (await client.RefreshAsync(used))["reason"]);
    }

    /// <summary>After it the token of before is neither current nor the parent of the current one.</summary>
    private async Task RotateTwiceAsync()
    {
        for (var rotation = 0; rotation < 2; rotation++)
        {
            await client.RefreshAsync();
            await server.Session(client.RefreshCookie!).AgeAsync(TimeSpan.FromMinutes(1));
        }
    }

    private Task<string> EventsAsync() => server.Database.ScalarAsync<string>(
        "SELECT string_agg(kind || CASE WHEN session_id IS NULL THEN ' - ' ELSE ' session ' END || count, '|' ORDER BY at) FROM security_events");
}
