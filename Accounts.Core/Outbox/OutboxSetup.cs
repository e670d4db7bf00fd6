using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Outbox;

public static class OutboxSetup
{
    /// <summary>A user's of now and those that they have come from; none that somebody else has by now.</summary>
    private const string Addresses = """
        ARRAY (
          SELECT @email UNION SELECT c.email FROM account_changes c
          WHERE c.user_id = @user AND NOT EXISTS (SELECT FROM users u WHERE u.email = c.email AND u.id <> @user))
        """;

    /// <summary>What was mailed to an address that they have asked for, and that nobody had: not theirs to read, for it would tell that.</summary>
    private const string Asked = """
        template = 'confirm_address' AND recipient IN (SELECT new_email FROM email_verification_tokens WHERE user_id = @user)
        """;

    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxSignal>().AddScoped<IInterceptor, OutboxCommits>()
        .AddSingleton<ClaimWatch>().AddSingleton<OutboxKeeper>()
        // What was queued has most likely been sent.
        .AddRestoreRule("queued mails", """
            UPDATE outbox_messages SET state = 'abandoned', payload = NULL, last_error = 'The database was restored.'
            WHERE id = ANY (ARRAY (SELECT id FROM outbox_messages WHERE state IN ('queued', 'sending') LIMIT @most))
            """)
        .AddPersonalData(new PersonalData("outbox_messages")
        {
            Where = $"recipient = ANY ({Addresses})",
            Given = ["id", "template", "recipient", "state", "attempts", "created_at", "sent_at", "expires_at"],
            Withheld = [new("the mail itself, sealed: it is in the mailbox", "payload"), new("of the mail server's affairs", "due_at", "last_error")],
            // The mail that tells of the deletion may be on its way; it goes with the others of its day.
            Erase = $"DELETE FROM outbox_messages WHERE {Asked} OR recipient = ANY ({Addresses}) AND NOT (template = 'account_deleted' AND state IN ('queued', 'sending'))",
        })
        .AddSweepRule("outbox_messages", """
            state = 'sent' AND sent_at < clock_timestamp() - interval '7 days'
            OR state = 'abandoned' AND created_at < clock_timestamp() - interval '30 days'
            """);
}
