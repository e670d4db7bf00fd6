namespace Accounts.Core.Mail;

/// <summary>How mail leaves and where its links lead: section <c>Accounts:Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The sender, as <c>Name &lt;address&gt;</c> or an address. <c>accounts@</c> the host of PublicUrl where empty.</summary>
    public string From { get; set; } = "";

    /// <summary>The page that confirms an address; contains <c>{token}</c>. Our own page below FrontendUrl where empty.</summary>
    public string VerifyUrl { get; set; } = "";

    /// <summary>Where Development's mailbox keeps its mails; beside the private database where empty.</summary>
    public string MailboxFolder { get; set; } = "";
}
