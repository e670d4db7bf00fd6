using System.Text.Json;
using Accounts.Core.Data;
using Accounts.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

/// <summary>
/// Sends what lies in the outbox. Any number of workers, in any number of processes: a mail is claimed with a lease, so
/// one that dies in between leaves it to the others. At least once; twice only if a worker dies after sending.
/// </summary>
public sealed partial class OutboxWorker(
    IServiceScopeFactory scopes, IMailSender sender, MailTemplates templates, SecretBox box, OutboxSignal signal,
    IOptions<MailOptions> options, IOptions<SiteOptions> site, TimeProvider time, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int BatchSize = 10;
    private const int MostAttempts = 40;
    // A mail that a newer version has queued stays for it: here it could not even be read, nor the batch that it came in.
    private static readonly string[] KnownTemplates = [.. Enum.GetNames<MailTemplate>().Select(SnakeCaseNames.Snake)];
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(2);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (await SendBatchAsync(stopping) == BatchSize)
                {
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogRoundFailed(e);
            }
            await signal.WaitAsync(PollInterval, stopping);
        }
    }

    private async Task<int> SendBatchAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var claimed = await ClaimAsync(db, stopping);
        foreach (var message in claimed)
        {
            await SendAsync(db, message, stopping);
            await db.SaveChangesAsync(stopping);
        }
        return claimed.Count;
    }

    private static async Task<List<OutboxMessage>> ClaimAsync(AccountsDb db, CancellationToken stopping)
    {
        var claimed = await db.OutboxMessages.FromSql($"""
            UPDATE outbox_messages SET state = 'sending', attempts = attempts + 1, due_at = clock_timestamp() + {Lease}
            WHERE id IN (SELECT id FROM outbox_messages WHERE state IN ('queued', 'sending') AND due_at <= clock_timestamp() AND template = ANY({KnownTemplates})
                         ORDER BY due_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).ToListAsync(stopping);
        return claimed;
    }

    private async Task SendAsync(AccountsDb db, OutboxMessage message, CancellationToken stopping)
    {
        if (message.ExpiresAt <= time.GetUtcNow())
        {
            message.Abandon("Its links had expired before it could be sent.");
            return;
        }
        try
        {
            await sender.SendAsync(Render(message), stopping);
            message.Sent(time.GetUtcNow());
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogNotSent(message.Id, message.Attempts, e);
            await PostponeAsync(db, message, e, stopping);
        }
    }

    private MailMessage Render(OutboxMessage message)
    {
        var plain = box.Open(SecretUse.Outbox, message.Payload, Outbox.Place(message.Id, message.Recipient));
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(plain)!;
        values["site"] = site.Value.Host;
        var (subject, text, html) = templates.Render(message.Template, values);
        var from = options.Value.From.Length > 0 ? options.Value.From : $"accounts@{site.Value.Host}";
        return new MailMessage(message.Id, from, message.Recipient, subject, text, html);
    }

    private static async Task PostponeAsync(AccountsDb db, OutboxMessage message, Exception reason, CancellationToken stopping)
    {
        if (message.Attempts >= MostAttempts)
        {
            message.Abandon(reason.Message);
            return;
        }
        var backoff = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, message.Attempts), LongestBackoff.TotalSeconds)) * (0.75 + Random.Shared.NextDouble() / 2);
        await db.Database.ExecuteSqlAsync($"""
            UPDATE outbox_messages SET state = 'queued', due_at = clock_timestamp() + {backoff}, last_error = {OutboxMessage.Shorten(reason.Message)}
            WHERE id = {message.Id} AND state = 'sending'
            """, stopping);
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be worked on; trying again.")]
    private partial void LogRoundFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Mail {Id} could not be sent at attempt {Attempt}; it will be tried again.")]
    private partial void LogNotSent(Guid id, int attempt, Exception exception);
}
