using Accounts.Core.Notices;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>A second factor was removed.</summary>
public sealed record FactorRemovedMail(string Factor, string Link) : NoticeMail;
