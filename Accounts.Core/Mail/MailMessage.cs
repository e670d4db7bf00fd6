using Accounts.Core.Branding;

namespace Accounts.Core.Mail;

/// <summary>A mail ready to be sent.</summary>
/// <param name="Id">the outbox message's; the same on every attempt, so that <c>Message-ID</c> shows duplicates</param>
public sealed record MailMessage(Guid Id, string From, string To, string Subject, string Text, string Html)
{
    /// <summary>By which the HTML names the picture that goes with it (RFC 2392).</summary>
    public const string LogoId = "logo@accounts";

    /// <summary>The picture that the HTML shows; null for none.</summary>
    public LogoPicture? Logo { get; init; }

    /// <summary>With the picture in it, for who shows no attachments.</summary>
    public string WholeHtml => Logo is null ? Html : Html.Replace($"cid:{LogoId}", Logo.DataUrl, StringComparison.Ordinal);
}
