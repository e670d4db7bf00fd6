using System.Text.Json.Serialization;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;

namespace Accounts.Api.Sessions;

/// <summary>Who is signed in in a page that loads.</summary>
/// <param name="Access">The access token: a JWT. Absent in session mode.</param>
/// <param name="AccessExpiresIn">Seconds.</param>
/// <param name="Refresh">The next refresh token, in body mode only.</param>
/// <param name="User">Null for a visitor.</param>
/// <param name="Reason">Why a token that came along is not good: `expired`, `revoked`, `reused`, `invalid`.</param>
public sealed record SessionResponse(
    string? Access, int? AccessExpiresIn, string? Refresh, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] UserResponse? User, string? Reason)
    : IAnswer<SessionResponse>
{
    public static SessionResponse Example { get; } = new(Examples.AccessToken, 600, null, UserResponse.Example, null);

    public static SessionResponse Of(IssuedTokens tokens, string? refresh, UserResponse user) =>
        new(tokens.Access, (int)tokens.AccessLifetime.TotalSeconds, refresh, user, null);

    /// <summary>In session mode.</summary>
    public static SessionResponse Of(UserResponse user) => new(null, null, null, user, null);

    public static SessionResponse Nobody(TokenRejection? reason) => new(null, null, null, null, ErrorBodies.ReasonOf(reason));

    public override string ToString() => nameof(SessionResponse);
}

/// <summary>How a session ended; nothing of one that lives.</summary>
/// <param name="Reason">
/// `logout`, `logout_elsewhere`, `logout_all`, `disowned`, `replaced`, `reused`, `too_many`, `restored`, or `user_ended`: all of the user's.
/// </param>
/// <param name="EndedAt">To the hour.</param>
public sealed record SessionEndResponse(string? Reason, DateTime? EndedAt) : IAnswer<SessionEndResponse>
{
    public static SessionEndResponse Example { get; } = new("reused", new DateTime(2026, 1, 15, 9, 0, 0, DateTimeKind.Utc));

    public static SessionEndResponse Of(EndedSession ended) => new(ended.Reason, ended.At.ToTheHour());
}
