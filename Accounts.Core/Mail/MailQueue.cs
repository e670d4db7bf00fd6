using System.Text.Json;
using Accounts.Core.Data;
using Accounts.Core.Outbox;
using Accounts.Core.Secrets;
using Accounts.Core.Texts;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Mail;

/// <summary>Puts mails into the caller's transaction, in the language of who gets them. Nothing is sent from a request.</summary>
public sealed class MailQueue(AccountsDb db, MailTemplates templates, Languages languages, SecretBox box, TimeProvider time)
{
    /// <param name="mail">what it says</param>
    /// <param name="recipient">whose stored address it goes to</param>
    /// <param name="expiresAt">when the mail's links die; null for a notice</param>
    /// <exception cref="InvalidOperationException">the mail lacks what its template asks for: said now, not days later</exception>
    public void Add(OutgoingMail mail, User recipient, DateTimeOffset? expiresAt = null) => Add(mail, recipient.Email!, recipient, expiresAt);

    /// <inheritdoc cref="Add(OutgoingMail, User, DateTimeOffset?)"/>
    /// <param name="address">one that was the user's</param>
    public void Add(OutgoingMail mail, User recipient, EmailAddress address, DateTimeOffset? expiresAt = null) => Add(mail, address.Text, recipient, expiresAt);

    /// <inheritdoc cref="Add(OutgoingMail, User, DateTimeOffset?)"/>
    /// <param name="locale">the language of who reads it, where it is known</param>
    public void Add(StrangerMail mail, EmailAddress recipient, string? locale, DateTimeOffset? expiresAt = null) => Add(mail, recipient.Text, "", locale, expiresAt);

    /// <inheritdoc cref="Add(OutgoingMail, User, DateTimeOffset?)"/>
    /// <param name="dueAt">when it is sent, by the database's clock</param>
    public void AddLater(OutgoingMail mail, User recipient, DateTimeOffset dueAt) => Add(mail, recipient.Email!, recipient, expiresAt: null, dueAt);

    private void Add(OutgoingMail mail, string recipient, User user, DateTimeOffset? expiresAt, DateTimeOffset? dueAt = null) =>
        Add(mail, recipient, user.UserName!, user.Locale, expiresAt, dueAt);

    private void Add(OutgoingMail mail, string recipient, string username, string? locale, DateTimeOffset? expiresAt, DateTimeOffset? dueAt = null)
    {
        var (word, language) = (OutgoingMail.WordOf(mail.GetType()), languages.Of(locale));
        var values = mail.Values(language);
        values[MailKind.Username] = username;
        values[MailKind.Locale] = language.Tag;
        if (templates.Lacking(word, values) is [_, ..] lacking)
        {
            throw new InvalidOperationException($"{mail} lacks {string.Join(", ", lacking)}, which its template asks for.");
        }
        var payload = JsonSerializer.SerializeToUtf8Bytes(values);
        db.OutboxMessages.Add(OutboxMessage.Queue(word, recipient, payload, expiresAt, box, time.GetUtcNow(), dueAt));
    }

    /// <summary>Whether a mail of that kind still is to be sent to the user.</summary>
    public Task<bool> HasWaitingAsync<TMail>(User recipient, CancellationToken cancellation)
        where TMail : OutgoingMail => Waiting<TMail>(recipient.Email!).AnyAsync(cancellation);

    /// <summary>Those that still wait are not sent any more: they speak of what is no longer so. What the caller has added and not saved is not among them.</summary>
    public Task<int> WithdrawAsync(User recipient, CancellationToken cancellation) => WithdrawAsync([recipient.Email!], cancellation);

    /// <inheritdoc cref="WithdrawAsync(User, CancellationToken)"/>
    public Task<int> WithdrawAsync(List<string> addresses, CancellationToken cancellation) =>
        WithdrawAsync(Waiting().Where(message => addresses.Contains(message.Recipient)), cancellation);

    /// <summary>Of one kind alone.</summary>
    public Task<int> WithdrawAsync<TMail>(User recipient, CancellationToken cancellation)
        where TMail : OutgoingMail => WithdrawAsync(Waiting<TMail>(recipient.Email!), cancellation);

    /// <inheritdoc cref="WithdrawAsync{TMail}(User, CancellationToken)"/>
    public Task<int> WithdrawAsync<TMail>(EmailAddress recipient, CancellationToken cancellation)
        where TMail : StrangerMail => WithdrawAsync(Waiting<TMail>(recipient.Text), cancellation);

    private static Task<int> WithdrawAsync(IQueryable<OutboxMessage> waiting, CancellationToken cancellation) => waiting.ExecuteUpdateAsync(
        set => set
            .SetProperty(message => message.State, OutboxState.Abandoned)
            .SetProperty(message => message.Payload, (byte[]?)null)
            .SetProperty(message => message.LastError, "What it told of was revoked before it could be sent."),
        cancellation);

    private IQueryable<OutboxMessage> Waiting<TMail>(string recipient)
        where TMail : OutgoingMail
    {
        var word = OutgoingMail.WordOf(typeof(TMail));
        return Waiting().Where(message => message.Recipient == recipient && message.Template == word);
    }

    private IQueryable<OutboxMessage> Waiting() => db.OutboxMessages.Where(message => message.State == OutboxState.Queued);
}
