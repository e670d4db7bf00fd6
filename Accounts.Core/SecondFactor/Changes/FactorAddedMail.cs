using Accounts.Core.Mail;
using Accounts.Core.Notices;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>A second factor was added. Not by its name, which whoever added it has chosen.</summary>
public sealed record FactorAddedMail(Named Factor, string Link) : NoticeMail;
