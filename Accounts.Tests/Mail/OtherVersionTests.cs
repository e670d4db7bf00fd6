using System.Text;
using Accounts.Core.Data;
using Accounts.Core.Outbox;
using Accounts.Core.Secrets;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>Mails that a node of another version has queued, whose templates asked for less.</summary>
public sealed class OtherVersionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task DU_03_A_mail_that_lacks_a_value_goes_out_at_once_without_the_lines_that_ask_for_it()
    {
        var person = Some.Person();
        await QueueAsync("account_exists", person.Email, """{"link":"https://app.example.com/in","username":"somebody"}""");
        var mail = await server.Mailbox.WaitAsync(person.Email);
        foreach (var part in new[] { mail.Text, mail.Html })
        {
            Assert.Contains("https://app.example.com/in", part, StringComparison.Ordinal);
            Assert.Contains("If it was not you, you can ignore this mail.", part, StringComparison.Ordinal);
            Assert.DoesNotContain("Forgot your password?", part, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", part, StringComparison.Ordinal);
        }
        await server.Database.ExpectMailAsync(person.Email, "state = 'sent' AND attempts = 1 AND payload IS NULL");
    }

    [Fact]
    public async Task DU_03_A_mail_that_has_nothing_to_say_without_what_it_lacks_is_given_up_at_once_with_the_reason()
    {
        var person = Some.Person();
        await QueueAsync("social_account_connected", person.Email, """{"username":"somebody","when":"now","device":"a","address":"::1","link":"https://x.example"}""");
        await server.Database.ExpectMailAsync(person.Email, "state = 'abandoned' AND attempts = 1 AND payload IS NULL"
            + " AND last_error = 'It was queued by another version without provider, and its template has nothing to say without.'");
        Assert.Empty(server.Mailbox.To(person.Email));
    }

    [Fact]
    public async Task DU_03_A_value_that_no_template_asks_for_any_more_does_no_harm()
    {
        var person = Some.Person();
        await QueueAsync("reset_password", person.Email, """{"link":"https://x.example","valid_for":"1 hour","username":"u","gone":"x"}""");
        var mail = await server.Mailbox.WaitAsync(person.Email);
        Assert.Contains("https://x.example", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("enter this code", mail.Text + mail.Html, StringComparison.Ordinal);
        await server.Database.ExpectMailAsync(person.Email, "state = 'sent' AND attempts = 1");
    }

    private async Task QueueAsync(string template, string recipient, string payload)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var (db, box) = (scope.ServiceProvider.GetRequiredService<AccountsDb>(), scope.ServiceProvider.GetRequiredService<SecretBox>());
        db.OutboxMessages.Add(OutboxMessage.Queue(template, recipient, Encoding.UTF8.GetBytes(payload), null, box, DateTimeOffset.UtcNow));
        await db.SaveChangesAsync();
    }
}
