using Accounts.Core.Mail;

namespace Accounts.Core.Passwords.Reset;

/// <summary>The link that sets a new password, for who has signed in with one that lay without protection where they came from.</summary>
public sealed record PasswordOutdatedMail(string Link, TimeSpan ValidFor) : OutgoingMail;
