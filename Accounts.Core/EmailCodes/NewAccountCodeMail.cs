using Accounts.Core.Mail;

namespace Accounts.Core.EmailCodes;

/// <summary>The same to an address that nobody has: an account is made by it.</summary>
public sealed record NewAccountCodeMail(string Link, string Code, TimeSpan ValidFor, DateTimeOffset When, DeviceName Device, string Address) : StrangerMail;
