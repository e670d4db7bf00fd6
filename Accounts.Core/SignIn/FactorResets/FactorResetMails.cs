using Accounts.Core.Mail;
using Accounts.Core.Notices;

namespace Accounts.Core.SignIn.FactorResets;

/// <summary>An administrator has asked for the second factors to be removed; when they will be.</summary>
public sealed record FactorResetAskedMail(DateTimeOffset EffectiveAt) : OutgoingMail;

/// <summary>They stay, for one of them was used.</summary>
public sealed record FactorResetCancelledMail : NoticeMail;

/// <summary>They are gone.</summary>
public sealed record FactorsResetMail : OutgoingMail;
