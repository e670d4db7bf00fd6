using Accounts.Core.Mail;

namespace Accounts.Core.Notices;

/// <summary>A mail about an act. When it was and from where, the <see cref="Notice"/> fills in.</summary>
public abstract record NoticeMail : OutgoingMail
{
    public DateTimeOffset? When { get; private init; }

    public DeviceName? Device { get; private init; }

    public string? Address { get; private init; }

    internal NoticeMail Of(Device device, DateTimeOffset now) => this with
    {
        When = now,
        Device = DeviceName.Of(device.UserAgent),
        Address = device.Ip.ToString(),
    };
}
