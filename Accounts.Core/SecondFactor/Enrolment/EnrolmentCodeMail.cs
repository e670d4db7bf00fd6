using Accounts.Core.Notices;

namespace Accounts.Core.SecondFactor.Enrolment;

/// <summary>The code by which who must add a second factor to sign in shows to read the account's mail.</summary>
public sealed record EnrolmentCodeMail(string Code, TimeSpan ValidFor) : NoticeMail;
