using Accounts.Core.Outbox;
using Accounts.Tests.Mail;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Outbox;

/// <summary>A mail fails with words that no row takes: it is recorded all the same, or it would be sent every two minutes for ever.</summary>
public sealed class UnwritableReasonTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private string recipient = "";

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:Mail:MailboxFolder", "/dev/null/no-folder"));
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        recipient = person.Email;
        await server.Database.ExpectMailAsync(recipient, "attempts = 1 AND state = 'queued'");
        await server.StopAsync();
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET state = 'queued', attempts = 1, due_at = now()");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task DU_03_A_failure_with_words_that_no_row_takes_is_counted_and_tried_again_later()
    {
        await DeliverAsync(new IOException("\0"));
        await ExpectAsync("state = 'queued' AND attempts = 2 AND payload IS NOT NULL AND due_at > clock_timestamp() AND last_error = @answer", "The reason is in words that no row takes.");
    }

    [Fact]
    public async Task DU_03_A_failure_with_half_a_character_is_recorded_with_a_mark_in_its_place()
    {
        await DeliverAsync(new IOException($"half {"\U0001F4A3"[0]}"));
        await ExpectAsync("state = 'queued' AND attempts = 2 AND last_error = @answer", "half \ufffd");
    }

    [Fact]
    public async Task DU_03_A_failure_with_words_that_no_row_takes_ends_after_three_days()
    {
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET created_at = now() - interval '73 hours'");
        await DeliverAsync(new IOException("\0"));
        await ExpectAsync("state = 'abandoned' AND payload IS NULL AND last_error <> ''");
    }

    [Fact]
    public async Task DU_03_A_refusal_with_words_that_no_row_takes_is_final()
    {
        await DeliverAsync(new UndeliverableException("\0"));
        await ExpectAsync("state = 'abandoned' AND attempts = 2 AND payload IS NULL AND last_error = @answer", "The reason is in words that no row takes.");
    }

    private async Task DeliverAsync(Exception failure)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var delivery = scope.ServiceProvider.GetRequiredService<OutboxDelivery<OutboxMessage>>();
        Assert.True(await delivery.DeliverNextAsync((_, _) => Task.FromException(failure), () => { }, CancellationToken.None));
    }

    private async Task ExpectAsync(string state, string answer = "") => Assert.Equal(
        1, await server.Database.CountAsync("outbox_messages", $"recipient = @email AND {state}", ("email", recipient), ("answer", answer)));
}
