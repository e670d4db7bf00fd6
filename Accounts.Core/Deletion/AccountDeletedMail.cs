using Accounts.Core.Notices;

namespace Accounts.Core.Deletion;

/// <summary>The account is deleted; until when it can be had back, and how it goes sooner.</summary>
public sealed record AccountDeletedMail(DateTimeOffset Until, string Link, string NotMe) : NoticeMail;
