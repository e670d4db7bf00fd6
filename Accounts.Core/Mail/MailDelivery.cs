using System.Text.Json;
using Accounts.Core.Branding;
using Accounts.Core.Outbox;
using Accounts.Core.Secrets;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Mail;

/// <summary>Delivers one mail: opens what was queued, renders it by today's templates, hands it over.</summary>
public sealed partial class MailDelivery(SecretBox box, MailTemplates templates, BrandLogo logo, IMailSender sender, ILogger<MailDelivery> log)
{
    /// <summary>What another version has queued may lack what today's template asks for: it goes out without the lines that do.</summary>
    /// <exception cref="UndeliverableException">it can never be sent</exception>
    /// <exception cref="OperationCanceledException">cancelled while nobody could have it yet</exception>
    public async Task SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Open(box))!;
        if (templates.Lacking(message.Template, values) is [_, ..] lacking)
        {
            LogLacking(message.Id, message.Template, string.Join(", ", lacking));
        }
        await sender.SendAsync(templates.Render(message, values, await logo.ReadAsync(cancellation)), cancellation);
    }

    [LoggerMessage(LogLevel.Warning,
        "Mail {Id} ({Template}) was queued by another version, without {Names}: the lines that ask for it are left out.")]
    private partial void LogLacking(Guid id, string template, string names);
}
