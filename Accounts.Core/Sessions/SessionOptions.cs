namespace Accounts.Core.Sessions;

/// <summary>How long sign-ins live: section <c>Accounts:Sessions</c>. Times are <c>d.hh:mm:ss</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The idle lifetime of a session started with <c>remember: false</c>.</summary>
    public static readonly TimeSpan TransientIdleLifetime = TimeSpan.FromHours(24);

    /// <summary>How often at most the use of a session token is marked in its row.</summary>
    public static readonly TimeSpan UseIsMarkedEvery = TimeSpan.FromHours(1);

    /// <summary>The shortest <see cref="SessionTokenLifetime"/>: what is used all the time must not end because its use was not marked.</summary>
    public static readonly TimeSpan ShortestSessionTokenLifetime = TimeSpan.FromHours(2);

    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A session that is not refreshed for so long is over.</summary>
    public TimeSpan IdleLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// In session mode: a session token that is not used for so long is over. Its use is marked once an hour, so it may live an hour less after
    /// its last; not below 2 hours.
    /// </summary>
    public TimeSpan SessionTokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A session is over after so long in any case.</summary>
    public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// For so long after a rotation the current refresh token and the one before it are answered with a fresh access token and
    /// no new refresh token, whoever presents them: a request and its answer together must take less. Zero rotates every time.
    /// </summary>
    public TimeSpan ReuseLeeway { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary><c>Lax</c>, <c>Strict</c>, or <c>None</c> for front ends on another site (the cookie is then partitioned and has another name).</summary>
    public string CookieSameSite { get; set; } = "Lax";

    /// <summary>Origins whose scripts may ask for the refresh token, or the session token, in the body, separated by commas.</summary>
    public string BodyModeOrigins { get; set; } = "";
}
