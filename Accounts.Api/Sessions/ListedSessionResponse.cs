using System.Text.Json;
using Accounts.Api.Http;
using Accounts.Core;
using Accounts.Core.Sessions;

namespace Accounts.Api.Sessions;

/// <summary>A session as its user sees it.</summary>
/// <param name="Current">Whether it is the one that asks.</param>
/// <param name="LastUsedAt">Its last refresh, in session mode its last use, to the hour.</param>
/// <param name="Ip">At the sign-in.</param>
/// <param name="Device">What a person calls it: `Firefox on Windows`, `Unknown device`.</param>
/// <param name="Amr">How the user signed in (RFC 8176); a provider by its name.</param>
/// <param name="Persistent">False where it goes with the browser.</param>
/// <param name="Transport">`cookie` or `body`; in session mode `session` or `token_body`.</param>
public sealed record ListedSessionResponse(
    Guid Id, bool Current, DateTime CreatedAt, DateTime LastUsedAt, string Ip, string Device, string UserAgent, string[] Amr, bool Persistent, string Transport)
    : IAnswer<ListedSessionResponse>
{
    public static ListedSessionResponse Example { get; } = new(
        new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d11"), true, new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), new DateTime(2026, 1, 16, 8, 0, 0, DateTimeKind.Utc),
        "203.0.113.7", "Firefox on Windows", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", ["pwd"], true, "cookie");

    public static ListedSessionResponse Of(Session session, Guid asking) => new(
        session.Id, session.Id == asking, session.CreatedAt.UtcDateTime, session.RotatedAt.ToTheHour(), session.Ip, DeviceName.Of(session.UserAgent).ToString(),
        session.UserAgent, session.Amr, session.Persistent, JsonNamingPolicy.SnakeCaseLower.ConvertName($"{session.Transport}"));
}
