using System.Globalization;
using Accounts.Core.Mail;

namespace Accounts.Core.Notices;

/// <summary>A mail about an act. When it was and from where, the <see cref="Notice"/> fills in.</summary>
public abstract record NoticeMail : OutgoingMail
{
    internal const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    public string? When { get; private init; }

    public string? Device { get; private init; }

    public string? Address { get; private init; }

    internal NoticeMail Of(Device device, DateTimeOffset now) => this with
    {
        When = now.ToString(TimeFormat, CultureInfo.InvariantCulture),
        Device = device.Name,
        Address = device.Ip.ToString(),
    };
}
