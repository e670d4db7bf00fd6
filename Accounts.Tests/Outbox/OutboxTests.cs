using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Outbox;

/// <summary>Mails are queued by a server whose delivery fails, and sent by one that comes later to the same database.</summary>
[Trait("Pace", "long")]
public sealed class OutboxTests(Postgres postgres) : IAsyncLifetime
{
    private readonly (string, string) lanes = ("Accounts:Mail:Lanes", TestSettings.Lanes);
    private TestServer outage = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        outage = await TestServer.StartAsync(postgres, lanes, ("Accounts:Mail:MailboxFolder", "/dev/null/no-folder"));
        client = outage.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await outage.DisposeAsync();
    }

    [Fact]
    public async Task DU_04_A_dump_during_an_outage_holds_no_working_link_and_what_was_sent_is_erased()
    {
        var person = await QueueAsync();
        var dump = await outage.Database.DumpAsync();
        await using var recovered = await RecoverAsync();
        var mail = await recovered.Mailbox.WaitAsync(person.Email);
        foreach (var secret in new[] { Mailbox.TokenOf(mail), $"\"{Mailbox.CodeOf(mail)}\"", "verify-email#" })
        {
            Assert.DoesNotContain(secret, dump, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), dump, StringComparison.Ordinal);
        }
        await ExpectAsync(person, "state = 'sent' AND payload IS NULL AND last_error IS NULL AND sent_at IS NOT NULL");
    }

    [Fact]
    public async Task DU_03_A_failure_is_counted_explained_and_tried_again_later()
    {
        var person = await QueueAsync();
        await ExpectAsync(person, "attempts = 1 AND due_at BETWEEN clock_timestamp() AND clock_timestamp() + interval '3 seconds' AND payload IS NOT NULL");
        await ExpectAsync(person, "attempts >= 2 AND last_error <> '' AND state <> 'sent'");
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task DU_04_A_payload_copied_to_another_row_does_not_open_and_delays_no_other_mail()
    {
        var (victim, attacker) = (await QueueAsync(), await QueueAsync());
        await ChangeAsync(attacker, "payload = (SELECT payload FROM outbox_messages WHERE recipient = @other)", ("other", victim.Email));
        await using var recovered = await RecoverAsync();
        var (mail, next) = (await recovered.Mailbox.WaitAsync(victim.Email), await RegisterAsync(recovered));
        await recovered.Mailbox.WaitAsync(next.Email);
        await ExpectAsync(attacker, "state = 'queued' AND attempts = 1 AND last_error <> ''");
        Assert.Empty(recovered.Mailbox.To(attacker.Email));
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { token = Mailbox.TokenOf(mail) })).Status);
    }

    [Fact]
    public async Task DU_04_A_mail_whose_recipient_was_changed_in_the_database_is_not_sent()
    {
        var person = await QueueAsync();
        var thief = Some.Person();
        await ChangeAsync(person, "recipient = @thief", ("thief", thief.Email));
        await using var recovered = await RecoverAsync();
        await ExpectAsync(thief, "state = 'queued' AND attempts = 1 AND last_error <> ''");
        Assert.Empty(recovered.Mailbox.All());
    }

    [Fact]
    public async Task DU_03_A_mail_of_a_newer_version_waits_for_it_and_delays_no_other()
    {
        var person = await QueueAsync();
        await ChangeAsync(person, "template = 'not_invented_yet'");
        await using var recovered = await RecoverAsync();
        var next = await RegisterAsync(recovered);
        await recovered.Mailbox.WaitAsync(next.Email);
        await ExpectAsync(person, "state = 'queued' AND attempts = 0 AND payload IS NOT NULL");
        Assert.Empty(recovered.Mailbox.To(person.Email));
    }

    [Fact]
    public async Task DU_04_A_mail_whose_links_have_expired_is_dropped_with_its_payload()
    {
        var person = await QueueAsync();
        await ChangeAsync(person, "expires_at = now() - interval '1 minute'");
        await using var recovered = await RecoverAsync();
        await ExpectAsync(person, "state = 'abandoned' AND payload IS NULL AND last_error <> ''");
        Assert.Empty(recovered.Mailbox.All());
    }

    [Fact]
    public async Task DU_03_A_claimed_mail_is_left_alone_until_its_lease_is_over()
    {
        var person = await QueueAsync();
        await using var recovered = await RecoverAsync("state = 'sending', due_at = now() + interval '5 minutes'");
        var next = await RegisterAsync(recovered);
        await recovered.Mailbox.WaitAsync(next.Email);
        await ExpectAsync(person, "state = 'sending' AND attempts = 0");
        await ChangeAsync(person, "due_at = now()");
        await Until.TrueAsync(() => Task.FromResult(recovered.Mailbox.To(person.Email).Count == 1), "who has heard the database for as long as a lease takes it over", Patience.Of(TimeSpan.FromSeconds(40)));
        await ExpectAsync(person, "state = 'sent'");
    }

    /// <summary>Registers somebody, whose mail has failed once.</summary>
    private async Task<Person> QueueAsync()
    {
        var person = await RegisterAsync(outage);
        await ExpectAsync(person, "state = 'queued' AND attempts = 1 AND last_error <> ''");
        return person;
    }

    private static async Task<Person> RegisterAsync(TestServer server)
    {
        using var browser = server.Client();
        var person = Some.Person();
        Assert.Equal(201, (await browser.RegisterAsync(person)).Status);
        return person;
    }

    /// <summary>Ends the outage: the server that cannot deliver goes, and what lies there is due for one that can.</summary>
    private async Task<TestServer> RecoverAsync(string state = "state = 'queued', due_at = now()")
    {
        await outage.StopAsync();
        await outage.Database.ExecuteAsync($"UPDATE outbox_messages SET {state}, attempts = 0, last_error = NULL");
        var recovered = await TestServer.StartOnAsync(outage.Database.ConnectionString, lanes);
        client.Address = recovered.Address;
        return recovered;
    }

    private async Task ChangeAsync(Person person, string assignment, params (string, object)[] parameters) => Assert.Equal(1,
        await outage.Database.ExecuteAsync($"UPDATE outbox_messages SET {assignment} WHERE recipient = @email", [("email", person.Email), .. parameters]));

    private Task ExpectAsync(Person person, string state) => Until.TrueAsync(
        async () => await outage.Database.CountAsync("outbox_messages", $"recipient = @email AND {state}", ("email", person.Email)) == 1, state);
}
