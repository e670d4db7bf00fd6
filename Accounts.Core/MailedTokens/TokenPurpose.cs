namespace Accounts.Core.MailedTokens;

/// <summary>What a mailed token may be used for, and nothing else.</summary>
public enum TokenPurpose
{
    Verify,
    Reset,
    Change,
    /// <summary>Of a session that its user does not know.</summary>
    Disown,
    /// <summary>Of who has deleted their account and does not want to wait.</summary>
    Erase,
    /// <summary>Of who has frozen an account, at the mailbox of before.</summary>
    Recover,
    /// <summary>Of who is signed in and has nothing else to prove it by once more: its code alone, in that session alone.</summary>
    Reauthenticate,
    /// <summary>Of who signs in by it, and by nothing else.</summary>
    SignIn,
    /// <summary>Of who must add a second factor to sign in: its code alone, with that ticket alone.</summary>
    Enrol,
}
