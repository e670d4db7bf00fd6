using System.Net;
using Accounts.Core.Mail;
using Accounts.Core.Settings;
using Accounts.Core.Texts;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Checkup;

/// <summary>Sends one mail at once, past the outbox, to see what the mail server makes of it.</summary>
public sealed class MailTrial(IMailSender sender, Languages languages, IOptions<MailOptions> options, IOptions<SiteOptions> site)
{
    /// <param name="address">whom to</param>
    /// <param name="cancellation">ends it as long as nobody can have the mail yet</param>
    /// <exception cref="Outbox.UndeliverableException">refused for good, in the server's words</exception>
    /// <exception cref="SmtpException">not taken now</exception>
    /// <exception cref="Outbox.CarrierAwayException">there is no connection</exception>
    public Task SendAsync(string address, CancellationToken cancellation)
    {
        var (subject, text) = (Said("subject"), Said("text"));
        return sender.SendAsync(new MailMessage(Guid.CreateVersion7(), options.Value.SenderAt(site.Value), address, subject, text, $"<p>{WebUtility.HtmlEncode(text)}</p>"), cancellation);

        string Said(string part) => languages.Default.Fill($"mails.common.trial.{part}", ("host", site.Value.Host));
    }
}
