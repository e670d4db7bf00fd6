using Accounts.Core.Checkup;
using Accounts.Tests.Support;
using Accounts.Tests.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>Webhooks, as an operator tries and counts them.</summary>
public sealed class WebhooksCommandTests(WebhookServer shared) : IClassFixture<WebhookServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_signed_test_is_sent_at_once_and_its_answer_is_told()
    {
        shared.Ear.Answer("app", _ => 204);
        var run = await server.DoneAsync("webhooks", "test", "APP", "--json");
        Assert.Equal(("app", 204), (run.Json.GetProperty("receiver").GetString(), run.Json.GetProperty("status").GetInt32()));
        var told = shared.Ear.All().Single(webhook => webhook.Id == run.Json.GetProperty("id").GetString());
        Assert.Equal(("webhook.test", "{}"), (told.Type, told.Data.GetRawText()));
        Assert.StartsWith("app answered 204 after ", (await server.DoneAsync("webhooks", "test", "app")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_receiver_makes_of_a_test_that_it_does_not_take_is_told()
    {
        shared.Ear.Answer("app", _ => 401);
        var run = await server.CommandAsync("webhooks", "test", "app");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Matches("^app at http://127.0.0.1:[0-9]+/app: It answered 401.\n$", run.Errors);
    }

    [Theory, InlineData("test"), InlineData("retry")]
    public async Task A_receiver_that_is_not_in_the_settings_is_told_with_those_that_are(string word) =>
        (await server.CommandAsync("webhooks", word, "shop")).AssertRefused("There is no receiver shop in the settings. There are: app, away, picky.");

    [Fact]
    public async Task What_waits_and_what_is_parked_is_told_of_each_receiver_with_the_last_reason()
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO webhook_messages (receiver, number, event_id, user_id, type, state, attempts, created_at, due_at, failed_at, last_error)
            VALUES ('former', 1, gen_random_uuid(), gen_random_uuid(), 'user.erased', 'parked', 3, now(), now(), '2026-01-15T09:30:00Z', 'It answered 500.'),
                   ('former', 2, gen_random_uuid(), gen_random_uuid(), 'user.erased', 'queued', 0, now() - interval '10 minutes', now(), NULL, NULL)
            """);
        var lines = (await server.DoneAsync("webhooks", "status")).Lines;
        Assert.Contains(lines, line => line.StartsWith("picky: 0 wait; 0 parked; last taken never; last failed never", StringComparison.Ordinal));
        Assert.Matches("^former: 1 wait, the oldest for 00:10:0[0-9]; 1 parked; last taken never; last failed 2026-01-15T09:30:00Z: It answered 500.$", lines.Single(line => line.StartsWith("former", StringComparison.Ordinal)));
        var findings = new List<string>();
        await foreach (var fault in server.Services.GetServices<ICheck>().OfType<WebhooksCheck>().Single().LookAsync(CancellationToken.None))
        {
            findings.Add(fault.Text);
        }
        Assert.Contains(findings, text => text.StartsWith("1 webhook waits for former, the oldest for 10 minutes. The last try that failed ended so: It answered 500.", StringComparison.Ordinal));
        Assert.Contains(findings, text => text.EndsWith("webhooks retry former --parked sends them.", StringComparison.Ordinal));
        await server.Database.ExecuteAsync("DELETE FROM webhook_messages WHERE receiver = 'former'");
    }
}
