using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Data;

namespace Accounts.Core.Audit;

/// <summary>What happened to an account; in the database in snake case.</summary>
public enum SecurityEventKind
{
    Registered,
    RegistrationRepeated,
    RegistrationRejected,
    EmailVerified,
    PasswordResetRequested,
    PasswordReset,
    PasswordChanged,
    SignedIn,
    SignedOut,
    /// <summary>A wrong password, or a right one for an account that is not active.</summary>
    SignInFailed,
    /// <summary>Further tries have to wait.</summary>
    SignInLocked,
    /// <summary>The right password after so many wrong ones that the owner is told.</summary>
    SignedInAfterFailures,
    RefreshTokenReused,
    /// <summary>The answer to a refresh was lost, and another was given.</summary>
    RefreshTokenReissued,
    /// <summary>The third answer in a row was lost: something between here and there does not let them through, or somebody reads along.</summary>
    RefreshAnswersLost,
    /// <summary>A lost answer was asked for again by another kind of browser in another network than the sign-in's.</summary>
    RefreshTokenReissuedElsewhere,
    /// <summary>A refresh token was ahead of its session: the database has lost writes.</summary>
    SessionStateLost,
    SocialAccountConnected,
    SocialAccountDisconnected,
    /// <summary>An account that had not proved its address became the one's whom the address's own provider vouches for, or who signed in by a mail to it.</summary>
    UserReclaimed,
    /// <summary>A session was ended by its user from another.</summary>
    SignedOutElsewhere,
    SignedOutEverywhere,
    /// <summary>One session more than one user may have.</summary>
    OldestSessionEnded,
    /// <summary>On one that has not been seen with this user before.</summary>
    SignedInOnNewDevice,
    /// <summary>By the link of the mail about a new device.</summary>
    SessionDisowned,
    AccountDeleted,
    /// <summary>Had back by who had deleted it.</summary>
    AccountRestored,
    /// <summary>By the link of the mail, before its time.</summary>
    AccountErasureAsked,
    AccountErased,
    UsernameChanged,
    /// <summary>First or last name, language or extra fields, and not the username.</summary>
    ProfileChanged,
    EmailChangeRequested,
    EmailChanged,
    /// <summary>Somebody else wanted the address for an account of theirs.</summary>
    AddressWanted,
    /// <summary>By the link of a mail about a change: nobody signs in.</summary>
    AccountFrozen,
    /// <summary>Had back at the mailbox of before the change.</summary>
    AccountRecovered,
    /// <summary>A provider told that it signs the user in no more; as the only way in the identity stays.</summary>
    SocialAccountWithdrawn,
    /// <summary>A passkey, or another second factor.</summary>
    FactorAdded,
    FactorRemoved,
    /// <summary>A passkey signed with a count that had been seen: there may be a copy of the authenticator.</summary>
    PasskeyCounterRegressed,
    /// <summary>Somebody who is signed in has proved once more who they are.</summary>
    Reauthenticated,
    /// <summary>In place of the ones of before.</summary>
    RecoveryCodesMade,
    /// <summary>A wrong code of a second factor.</summary>
    SecondFactorFailed,
    /// <summary>So many wrong codes that further ones are not looked at for a while.</summary>
    SecondFactorLocked,
    /// <summary>For a while the second factor is not asked for on it.</summary>
    DeviceTrusted,
    /// <summary>By its user.</summary>
    TrustedDeviceRemoved,
    PersonalTokenMade,
    /// <summary>By its user.</summary>
    PersonalTokenRemoved,
    /// <summary>A mail with a code and a link that sign in.</summary>
    SignInCodeRequested,
    /// <summary>What follows is an administrator's; who it was stands with the event.</summary>
    RolesChanged,
    UserDeactivated,
    UserActivated,
    UserSignedOut,
    UserChanged,
    UserCreated,
    UserDeleted,
    /// <summary>A mail with a link that sets a new password.</summary>
    UserPasswordResetSent,
    UserVerificationSent,
    /// <summary>The second factors go in a day, unless one of them is used meanwhile.</summary>
    UserFactorResetAsked,
    UserFactorsReset,
    /// <summary>One of them was used meanwhile, or nobody could have: the account was frozen, deactivated or deleted.</summary>
    UserFactorResetCancelled,
    UserInvited,
    InvitationWithdrawn,
    InvitationAccepted,
    /// <summary>An administrator has looked at the user, at what is theirs, or at many's.</summary>
    AdministrationRead,
    /// <summary>By an operator: whoever had the account before is out, and a link of the operator's sets its password.</summary>
    AdministratorMade,
    /// <summary>By an operator, of nobody in particular: how many have come from another system, and what has changed of them.</summary>
    UsersImported,
    /// <summary>It goes on under another id: after a change of what its user signs in by, or a proof in session mode.</summary>
    SessionRenewed,
    /// <summary>It was opened by a provider alone, which has told that it signs the user in no more.</summary>
    SessionWithdrawn,
    /// <summary>Its time was over, and the user is in again.</summary>
    SuspensionEnded,
    /// <summary>By an import: the address is another one there.</summary>
    UserReaddressed,
}

/// <summary>An act that concerns an account's safety, written in the transaction of the act itself.</summary>
public sealed class SecurityEvent
{
    private SecurityEvent()
    {
    }

    public Guid Id { get; private set; }

    public SecurityEventKind Kind { get; private set; }

    /// <summary>Kept after the user is gone, so no foreign key.</summary>
    public Guid UserId { get; private set; }

    public Guid? SessionId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Ip { get; private set; } = "";

    public string UserAgent { get; private set; } = "";

    /// <summary>The administrator whose act it was, or who allowed the user's; null for the user's own, for acts of this server, and for an operator's.</summary>
    public Guid? ActorId { get; private set; }

    /// <summary>Where the administrator was: theirs, and not the user's to see. Empty for an operator's act, and null for what is no act of another's.</summary>
    public string? ActorIp { get; private set; }

    /// <inheritdoc cref="ActorIp"/>
    public string? ActorUserAgent { get; private set; }

    /// <summary>What the act has changed, a JSON object: as it was, and as it is then. Null where nothing is told.</summary>
    public string? Before { get; private set; }

    /// <inheritdoc cref="Before"/>
    public string? After { get; private set; }

    /// <summary>In the order in which events became visible: given after the commit, so that who reads on from one misses none. Null until then.</summary>
    public long? Number { get; private set; }

    /// <summary>How often it happened in that minute; more than one only for what is aggregated.</summary>
    public int Count { get; internal set; } = 1;

    public static SecurityEvent Of(SecurityEventKind kind, Guid userId, Guid? sessionId, Device device, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = kind,
        UserId = userId,
        SessionId = sessionId,
        At = now,
        Ip = Text(device),
        UserAgent = device.UserAgent,
    };

    /// <summary>An administrator's act on a user, or an operator's.</summary>
    public static SecurityEvent OfAct(SecurityEventKind kind, Guid userId, Actor actor, string? before, string? after, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = kind,
        UserId = userId,
        At = now,
        ActorId = actor.UserId,
        ActorIp = Text(actor.Device),
        ActorUserAgent = actor.Device.UserAgent,
        Before = before,
        After = after,
    };

    /// <summary>A user's own act, which an administrator's has allowed.</summary>
    public static SecurityEvent OfAllowed(SecurityEventKind kind, Guid userId, Device device, Guid? by, string after, DateTimeOffset now)
    {
        var entry = Of(kind, userId, null, device, now);
        (entry.ActorId, entry.After) = (by, after);
        return entry;
    }

    /// <summary>That a session takes the place of another.</summary>
    public static SecurityEvent OfRenewal(Guid userId, Guid sessionId, Guid ended, Device device, DateTimeOffset now)
    {
        var entry = Of(SecurityEventKind.SessionRenewed, userId, sessionId, device, now);
        entry.Before = $$"""{"session_id":"{{ended}}"}""";
        return entry;
    }

    /// <summary>Its id follows from kind, user and minute: whoever records it second meets the first's row.</summary>
    public static SecurityEvent OfMinute(SecurityEventKind kind, Guid userId, Device device, DateTimeOffset now)
    {
        var entry = Of(kind, userId, null, device, now);
        var minute = now.ToUnixTimeSeconds() / 60;
        entry.Id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}|{userId:N}|{minute}")).AsSpan(0, 16));
        return entry;
    }

    private static string Text(Device device) => device == Device.Nobody ? "" : device.Ip.ToString();

    internal static string Word(SecurityEventKind kind) => SnakeCaseNames.Snake(kind.ToString());
}
