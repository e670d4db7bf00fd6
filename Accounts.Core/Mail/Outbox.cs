using System.Text.Json;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Mail;

/// <summary>Puts mails into the caller's transaction. Nothing is sent from a request.</summary>
public sealed class Outbox(AccountsDb db, SecretBox box, TimeProvider time)
{
    /// <param name="expiresAt">when the mail's links die; null for a notice</param>
    public void Add(MailTemplate template, User recipient, Dictionary<string, string> values, DateTimeOffset? expiresAt = null)
    {
        values["username"] = recipient.UserName!;
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var payload = box.Seal(SecretUse.Outbox, JsonSerializer.SerializeToUtf8Bytes(values), Place(id, recipient.Email!));
        db.OutboxMessages.Add(OutboxMessage.Queue(id, template, recipient.Email!, payload, expiresAt));
    }

    /// <summary>Bound to its row and recipient: a payload moved elsewhere does not open.</summary>
    internal static string Place(Guid id, string recipient) => $"outbox_messages/{id:N}/{recipient}";
}
