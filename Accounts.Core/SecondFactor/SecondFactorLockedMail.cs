using Accounts.Core.Notices;

namespace Accounts.Core.SecondFactor;

/// <summary>So many wrong codes that no more are looked at for a while; whoever types one has got past something else.</summary>
public sealed record SecondFactorLockedMail : NoticeMail;
