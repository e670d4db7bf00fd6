using Accounts.Core.Settings;

namespace Accounts.Core.Mail;

/// <summary>How mail leaves and where its links lead: section <c>Accounts:Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The sender, as <c>Name &lt;address&gt;</c> or an address. <c>accounts@</c> the host of PublicUrl where empty.</summary>
    public string From { get; set; } = "";

    /// <summary>Who mails come from.</summary>
    public string SenderAt(SiteOptions site) => From.Length > 0 ? From : $"accounts@{site.Host}";

    /// <summary>
    /// The server that takes our mail: <c>smtp://user:password@host:587</c>, where STARTTLS is required unless it ends with
    /// <c>?tls=none</c>, or <c>smtps://user:password@host:465</c>, which is TLS from the first byte.
    /// </summary>
    public string SmtpUrl { get; set; } = "";

    /// <summary>How many mails are on their way to that server at once, each over a connection of its own; 1 to 64.</summary>
    public int Lanes { get; set; } = 6;

    /// <summary>The page that confirms an address; contains <c>{token}</c>. Our own page below FrontendUrl where empty.</summary>
    public string VerifyUrl { get; set; } = "";

    /// <summary>The page where a new password is chosen; contains <c>{token}</c>. Our own page below FrontendUrl where empty.</summary>
    public string ResetUrl { get; set; } = "";

    /// <summary>The page that confirms a changed address; contains <c>{token}</c>. Our own page (<c>/confirm-email</c>) at PublicUrl where empty, whatever FrontendUrl says.</summary>
    public string ChangeUrl { get; set; } = "";

    /// <summary>The page that the link of a mail which signs in leads to; contains <c>{token}</c>. Our own page (<c>/sign-in/code</c>) at PublicUrl where empty, whatever FrontendUrl says.</summary>
    public string CodeUrl { get; set; } = "";

    /// <summary>The page where who is invited makes an account; contains <c>{token}</c>, and <c>{email}</c> where it wants the address. Our own page (<c>/sign-up</c>) at PublicUrl where empty, whatever FrontendUrl says.</summary>
    public string InviteUrl { get; set; } = "";

    /// <summary>The page that stops what a mail about a change tells of; contains <c>{token}</c>. Our own page (<c>/security</c>) at PublicUrl where empty, as all that follow.</summary>
    public string SecurityUrl { get; set; } = "";

    /// <summary>The page that has a frozen account back; contains <c>{token}</c>. <c>/recover-account</c> where empty.</summary>
    public string RecoverUrl { get; set; } = "";

    /// <summary>The page that ends the session of a new device; contains <c>{token}</c>. <c>/end-session</c> where empty.</summary>
    public string EndSessionUrl { get; set; } = "";

    /// <summary>The page that erases a deleted account before its time; contains <c>{token}</c>. <c>/erase</c> where empty.</summary>
    public string EraseUrl { get; set; } = "";

    /// <summary>The page that shows the code which proves an address to a sign-in by a provider; contains <c>{token}</c>. <c>/address</c> where empty.</summary>
    public string AddressUrl { get; set; } = "";

    /// <summary>The page where a new password is asked for; no token stands in it. <c>/forgot-password</c> where empty.</summary>
    public string ForgotUrl { get; set; } = "";

    /// <summary>A folder with mail templates of your own (<c>verify-email.txt</c>, <c>verify-email.html</c> …); those that are not in it stay ours.</summary>
    public string TemplatesFolder { get; set; } = "";
}
