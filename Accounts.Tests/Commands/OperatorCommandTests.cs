using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>The commands of an operator, as the shipped program runs them.</summary>
[Trait("Pace", "long")]
public sealed class OperatorCommandTests(Postgres postgres)
{
    private static readonly (string, string) Shipped = ("environment", "Production");

    [Fact]
    public async Task CF_01_Check_says_what_is_wrong_as_JSON_too_and_ends_with_1()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var text = await ServerProcess.RunAsync(["check"], connection, Shipped);
        Assert.Equal(1, text.ExitCode);
        Assert.Contains("PROBLEM  mail         The mail server localhost:1 cannot be used", text.Output, StringComparison.Ordinal);
        Assert.Contains("ok       database     PostgreSQL answers", text.Output, StringComparison.Ordinal);
        await using var json = await ServerProcess.RunAsync(["check", "--json"], connection, Shipped);
        Assert.Equal(1, json.ExitCode);
        using var report = JsonDocument.Parse(json.Output);
        Assert.False(report.RootElement.GetProperty("ok").GetBoolean());
        var mail = report.RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("check").GetString() == "mail");
        Assert.Equal("problem", mail.GetProperty("level").GetString());
        Assert.DoesNotContain(TestSettings.SecretKey, json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CF_01_Check_ends_with_0_where_there_are_but_warnings()
    {
        await using var sink = await MailSink.StartAsync();
        await using var run = await ServerProcess.RunAsync(["check"], await postgres.CreateDatabaseAsync(), Shipped, sink.Plainly, ("Accounts:Throttling:Enabled", "true"));
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("warning  public_url   Nothing listens", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_brings_an_empty_database_to_the_schema_and_ends()
    {
        var connection = await postgres.CreateEmptyDatabaseAsync();
        await using var run = await ServerProcess.RunAsync(["migrate"], connection, Shipped);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(1, await run.Database.CountAsync("pg_tables", "tablename = 'users'"));
    }

    [Fact]
    public async Task Mail_test_sends_one_and_tells_what_the_mail_server_says()
    {
        await using var sink = await MailSink.StartAsync();
        var connection = await postgres.CreateDatabaseAsync();
        await using var run = await ServerProcess.RunAsync(["mail", "test", "ann@example.test"], connection, Shipped, sink.Plainly);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Single(await sink.ToAsync("ann@example.test"));
        await using var away = await ServerProcess.RunAsync(["mail", "test", "ann@example.test", "--json"], connection, Shipped);
        Assert.Equal(1, away.ExitCode);
        using var error = JsonDocument.Parse(away.Output);
        Assert.Contains("The mail server localhost:1 cannot be used", error.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        await using var nobody = await ServerProcess.RunAsync(["mail", "test", "nobody at all"], connection, Shipped, sink.Plainly);
        Assert.Equal((1, false), (nobody.ExitCode, nobody.Output.Contains("   at ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Mail_status_shows_what_waits_without_addresses_and_retry_makes_it_due()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var database = new TestDatabase(connection);
        await database.ExecuteAsync("""
            INSERT INTO outbox_messages (id, template, recipient, payload, state, attempts, due_at, created_at, last_error)
            VALUES (gen_random_uuid(), 'verify_email', 'ann@example.test', '\x00', 'queued', 3, now() + interval '9 minutes', now() - interval '7 minutes', '451 ann@example.test try later'),
                   (gen_random_uuid(), 'verify_email', 'bob@example.test', NULL, 'abandoned', 3, now(), now() - interval '1 hour', '550 no such user')
            """);
        await using var status = await ServerProcess.RunAsync(["mail", "status"], connection, Shipped);
        Assert.Contains("1 mail waits, for 00:07:", status.Output, StringComparison.Ordinal);
        Assert.Contains("; 1 was given up within 30 days.", status.Output, StringComparison.Ordinal);
        Assert.Contains("queued     verify_email: 451 … try later", status.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.test", status.Output, StringComparison.Ordinal);
        await using var retry = await ServerProcess.RunAsync(["mail", "retry", "--json"], connection, Shipped);
        using var retried = JsonDocument.Parse(retry.Output);
        Assert.Equal(1, retried.RootElement.GetProperty("retried").GetInt32());
        Assert.Equal(1, await database.CountAsync("outbox_messages", "state = 'queued' AND due_at <= now()"));
    }
}
