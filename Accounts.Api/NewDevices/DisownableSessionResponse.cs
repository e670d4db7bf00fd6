using Accounts.Api.Http;
using Accounts.Core.NewDevices;

namespace Accounts.Api.NewDevices;

/// <summary>The session that a mail about a new device tells of.</summary>
/// <param name="Device">What a person calls it.</param>
/// <param name="Ip">At the sign-in.</param>
/// <param name="At">When that was.</param>
/// <param name="Ended">Whether it is over already.</param>
public sealed record DisownableSessionResponse(string Device, string Ip, DateTime At, bool Ended) : IAnswer<DisownableSessionResponse>
{
    public static DisownableSessionResponse Example { get; } = new("Firefox on Windows", "203.0.113.7", new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), Ended: false);

    public static DisownableSessionResponse Of(DisownableSession session) => new(session.Device, session.Ip, session.At.UtcDateTime, session.Ended);
}
