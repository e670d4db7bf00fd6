using Accounts.Core.Notices;

namespace Accounts.Core.NewDevices;

/// <summary>A sign-in on a device that has not been seen with the user before, with the link that ends its session.</summary>
public sealed record NewDeviceMail(string Link) : NoticeMail;
