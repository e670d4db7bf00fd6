using System.Security.Cryptography;

namespace Accounts.Core.Sessions;

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    Logout,
    /// <summary>Another sign-in in the same browser took its place.</summary>
    Replaced,
    /// <summary>A refresh token that had been rotated came back.</summary>
    Reused,
    /// <summary>The account was deleted or its sessions ended as a whole.</summary>
    UserEnded,
    /// <summary>The oldest of <see cref="Session.MostOfOneUser"/>, when one more began.</summary>
    TooMany,
    /// <summary>A backup was put back, which may have forgotten its end.</summary>
    Restored,
    /// <summary>Its user ended it from another device.</summary>
    LogoutElsewhere,
    /// <summary>Its user signed out everywhere.</summary>
    LogoutAll,
    /// <summary>By the link of the mail about it: it was not its user's.</summary>
    Disowned,
    /// <summary>By somebody who administers users.</summary>
    Administrator,
}

/// <summary>How a session's token travels, from its first to its last.</summary>
public enum SessionTransport
{
    /// <summary>In an HttpOnly cookie, which no script can read.</summary>
    Cookie,

    /// <summary>In the bodies of requests and answers.</summary>
    Body,

    /// <summary>Session mode: one token in an HttpOnly cookie, and no access tokens.</summary>
    Session,

    /// <summary>The same, its token handed out in the body and shown as Bearer.</summary>
    TokenBody,
}

public static class SessionTransports
{
    /// <summary>Whether the session has one token, and no access tokens.</summary>
    public static bool IsSessionMode(this SessionTransport transport) => transport is SessionTransport.Session or SessionTransport.TokenBody;

    /// <summary>Whether its client is a browser that keeps cookies.</summary>
    public static bool KeepsCookies(this SessionTransport transport) => transport is SessionTransport.Cookie or SessionTransport.Session;
}

/// <summary>
/// One sign-in on one device: one row, from sign-in to its end. A refresh moves it to its next generation; the refresh
/// token is never stored, only the hash of the session's secret.
/// </summary>
public sealed class Session
{
    /// <summary>That live at once.</summary>
    public const int MostOfOneUser = 100;

    private Session()
    {
    }

    public Guid UserId { get; private set; }

    /// <summary><c>sid</c>.</summary>
    public Guid Id { get; private set; }

    public byte[] SecretHash { get; private set; } = [];

    /// <summary>Its user's when it began: all that the user had end together when the user's is raised.</summary>
    public long Epoch { get; private set; }

    public long Generation { get; private set; }

    /// <summary>The generation that the present one was handed out for, and every other from <see cref="FirstChild"/> on; -1 before the first refresh.</summary>
    public long ParentGeneration { get; private set; } = -1;

    /// <summary>The oldest generation that was handed out for <see cref="ParentGeneration"/>: those up to the present one are equal until one of them is used.</summary>
    public long FirstChild { get; private set; }

    public DateTimeOffset RotatedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public SessionEnd? EndReason { get; private set; }

    /// <summary>False for <c>remember: false</c>: the cookie goes with the browser, and the session is idle for a day at most.</summary>
    public bool Persistent { get; private set; }

    public SessionTransport Transport { get; private set; }

    /// <summary>When its user proved who they are: at its beginning, or before that at a provider.</summary>
    public DateTimeOffset AuthTime { get; private set; }

    public string[] Amr { get; private set; } = [];

    public string Ip { get; private set; } = "";

    public string UserAgent { get; private set; } = "";

    /// <param name="epoch">the user's, as the database has it now</param>
    /// <param name="secret">the 32 bytes that every token of this session carries</param>
    public static Session Start(Guid userId, Device device, SessionKind kind, string[] amr, long epoch, DateTimeOffset now, out byte[] secret)
    {
        secret = kind.Secret ?? RandomNumberGenerator.GetBytes(SessionCredential.SecretLength);
        return new Session
        {
            UserId = userId,
            Id = Guid.CreateVersion7(now),
            SecretHash = SHA256.HashData(secret),
            Epoch = epoch,
            RotatedAt = now,
            CreatedAt = now,
            Persistent = kind.Persistent,
            Transport = kind.Transport,
            AuthTime = now,
            Amr = amr,
            Ip = device.Ip.ToString(),
            UserAgent = device.UserAgent,
        };
    }

    /// <summary>In the place of this one, which has ended: by the same sign-in, and so no more recent.</summary>
    public Session Continue(Device device, long epoch, DateTimeOffset now, out byte[] secret)
    {
        var next = Start(UserId, device, new SessionKind(Persistent, Transport), Amr, epoch, now, out secret);
        next.RestOn(AuthTime);
        return next;
    }

    /// <summary>In the place of this one, for who has proved once more who they are: that proof alone counts.</summary>
    public Session Renew(Device device, string[] amr, long epoch, DateTimeOffset now, out byte[] secret) =>
        Start(UserId, device, new SessionKind(Persistent, Transport), amr, epoch, now, out secret);

    /// <summary>On a proof of before it began.</summary>
    public void RestOn(DateTimeOffset proved) => AuthTime = proved;
}

/// <summary>What a client asks of a session when signing in.</summary>
public sealed record SessionKind(bool Persistent, SessionTransport Transport)
{
    /// <summary>The session's secret, where who asks once more is to be told the same session; null for a random one.</summary>
    internal byte[]? Secret { get; init; }
}
