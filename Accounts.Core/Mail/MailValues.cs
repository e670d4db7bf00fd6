using System.Globalization;

namespace Accounts.Core.Mail;

/// <summary>What notices tell of an act: when it was, and from where.</summary>
public static class MailValues
{
    public static Dictionary<string, string> Of(Device device, DateTimeOffset now) => new()
    {
        ["when"] = now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ["device"] = device.UserAgent.Length > 0 ? device.UserAgent : "unknown device",
        ["address"] = device.Address.ToString(),
    };
}
