using Accounts.Core.Mail;
using Accounts.Core.Notices;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>A second factor was removed.</summary>
public sealed record FactorRemovedMail(Named Factor, string Link) : NoticeMail;
