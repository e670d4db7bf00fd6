using Accounts.Core.Mail;

namespace Accounts.Core.Social.Withdrawal;

/// <summary>A provider has told that it signs the user in no more, and its identity was disconnected.</summary>
/// <param name="Provider">that has told</param>
/// <param name="Ways">what the user signs in with now</param>
/// <param name="Reset">the page that mails a link to choose a password</param>
/// <param name="Link">"this wasn't me"</param>
public sealed record SocialAccountWithdrawnMail(string Provider, string[] Ways, string Reset, string Link) : OutgoingMail;
