namespace Accounts.Development.Mailbox;

/// <summary>Where mail goes when no mail server is set: section <c>Accounts:Mail</c>, beside the settings of mail itself.</summary>
public sealed class MailboxOptions
{
    /// <summary>The folder that keeps the mails; beside the private database where empty.</summary>
    public string MailboxFolder { get; set; } = "";
}
