using Accounts.Core.Mail;

namespace Accounts.Core.Social.Withdrawal;

/// <summary>A provider has told that it signs the user in no more, and its identity stays: there is no other way in.</summary>
public sealed record SocialAccountKeptMail(string Provider) : OutgoingMail;
