using System.Globalization;
using Accounts.Core.Mail;

namespace Accounts.Core.Notices;

/// <summary>A mail about an act. When it was and from where, the <see cref="Notice"/> fills in.</summary>
public abstract record NoticeMail : OutgoingMail
{
    public string? When { get; private init; }

    public string? Device { get; private init; }

    public string? Address { get; private init; }

    internal NoticeMail Of(Device device, DateTimeOffset now) => this with
    {
        When = now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        Device = device.Name,
        Address = device.Ip.ToString(),
    };
}
