using Accounts.Core.Notices;

namespace Accounts.Core.NewDevices;

/// <summary>A sign-in on a device that has not been seen with the user before, with the link that ends its session, and the one that stops everybody.</summary>
public sealed record NewDeviceMail(string Link, string NotMe) : NoticeMail;
