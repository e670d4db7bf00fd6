using Accounts.Core.Audit;

namespace Accounts.Core.Webhooks;

/// <summary>Which of what happens is told, and by which word. Whoever adds a kind of event decides here whether it is (<c>WebhookEventsTests</c>).</summary>
public static class WebhookEvents
{
    /// <summary>Told by <c>webhooks test</c> alone.</summary>
    public const string Test = "webhook.test";

    /// <summary>Of nobody in particular: how many have come.</summary>
    public const string Imported = "users.imported";

    internal const string UserVerified = "user.verified", EmailChanged = "user.email_changed", Recovered = "user.recovered", Deactivated = "user.deactivated",
        RolesChanged = "roles.changed", SessionStarted = "session.started", SessionEnded = "session.ended";

    private const string Registered = "user.registered", Updated = "user.updated", Deleted = "user.deleted", Erased = "user.erased", PasswordChanged = "password.changed",
        Activated = "user.activated";

    private static readonly Dictionary<string, string> Words = Spell(new()
    {
        [SecurityEventKind.Registered] = Registered,
        [SecurityEventKind.UserCreated] = Registered,
        [SecurityEventKind.EmailVerified] = UserVerified,
        [SecurityEventKind.UsernameChanged] = Updated,
        [SecurityEventKind.ProfileChanged] = Updated,
        [SecurityEventKind.UserChanged] = Updated,
        [SecurityEventKind.EmailChanged] = EmailChanged,
        [SecurityEventKind.UserReclaimed] = "user.reclaimed",
        [SecurityEventKind.AccountFrozen] = "user.frozen",
        [SecurityEventKind.AccountRecovered] = Recovered,
        [SecurityEventKind.UserDeactivated] = Deactivated,
        [SecurityEventKind.UserActivated] = Activated,
        [SecurityEventKind.AccountDeleted] = Deleted,
        [SecurityEventKind.UserDeleted] = Deleted,
        [SecurityEventKind.AccountErasureAsked] = Deleted,
        [SecurityEventKind.AccountRestored] = "user.restored",
        [SecurityEventKind.AccountErased] = Erased,
        [SecurityEventKind.RegistrationRejected] = Erased,
        [SecurityEventKind.SignedIn] = SessionStarted,
        [SecurityEventKind.SignedOut] = SessionEnded,
        [SecurityEventKind.SignedOutElsewhere] = SessionEnded,
        [SecurityEventKind.SignedOutEverywhere] = SessionEnded,
        [SecurityEventKind.OldestSessionEnded] = SessionEnded,
        [SecurityEventKind.SessionDisowned] = SessionEnded,
        [SecurityEventKind.UserSignedOut] = SessionEnded,
        [SecurityEventKind.RefreshTokenReused] = "token.reused",
        [SecurityEventKind.PasswordChanged] = PasswordChanged,
        [SecurityEventKind.PasswordReset] = PasswordChanged,
        [SecurityEventKind.FactorAdded] = "factor.added",
        [SecurityEventKind.FactorRemoved] = "factor.removed",
        [SecurityEventKind.SocialAccountConnected] = "identity.connected",
        [SecurityEventKind.SocialAccountDisconnected] = "identity.disconnected",
        [SecurityEventKind.RolesChanged] = RolesChanged,
        [SecurityEventKind.AdministratorMade] = RolesChanged,
        [SecurityEventKind.UsersImported] = Imported,
        [SecurityEventKind.SessionRenewed] = SessionStarted,
        [SecurityEventKind.SessionWithdrawn] = SessionEnded,
        [SecurityEventKind.SuspensionEnded] = Activated,
        [SecurityEventKind.UserReaddressed] = EmailChanged,
    });

    /// <summary>What happens to nobody's data in an app: tries, mails that were asked for, what is told by another event of the same act, what an administrator read.</summary>
    public static IReadOnlyList<SecurityEventKind> NotTold { get; } =
    [
        SecurityEventKind.RegistrationRepeated, SecurityEventKind.PasswordResetRequested, SecurityEventKind.SignInFailed, SecurityEventKind.SignInLocked,
        SecurityEventKind.SignedInAfterFailures, SecurityEventKind.RefreshTokenReissued, SecurityEventKind.RefreshAnswersLost,
        SecurityEventKind.RefreshTokenReissuedElsewhere, SecurityEventKind.SessionStateLost, SecurityEventKind.SignedInOnNewDevice,
        SecurityEventKind.EmailChangeRequested, SecurityEventKind.AddressWanted,
        SecurityEventKind.SocialAccountWithdrawn, SecurityEventKind.PasskeyCounterRegressed, SecurityEventKind.Reauthenticated,
        SecurityEventKind.RecoveryCodesMade, SecurityEventKind.SecondFactorFailed, SecurityEventKind.SecondFactorLocked,
        SecurityEventKind.DeviceTrusted, SecurityEventKind.TrustedDeviceRemoved, SecurityEventKind.PersonalTokenMade, SecurityEventKind.PersonalTokenRemoved,
        SecurityEventKind.SignInCodeRequested, SecurityEventKind.UserPasswordResetSent, SecurityEventKind.UserVerificationSent,
        SecurityEventKind.UserFactorResetAsked, SecurityEventKind.UserFactorsReset, SecurityEventKind.UserFactorResetCancelled,
        SecurityEventKind.UserInvited, SecurityEventKind.InvitationWithdrawn, SecurityEventKind.InvitationAccepted,
        SecurityEventKind.AdministrationRead,
    ];

    /// <summary>Every word that there is, in order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The words of those that end all that a user is signed in with, and have a session of the asker beside them.</summary>
    internal static readonly string[] OfAllSessions = [SecurityEvent.Word(SecurityEventKind.SignedOutEverywhere), SecurityEvent.Word(SecurityEventKind.UserSignedOut)];

    /// <param name="kind">the word of an event's kind, as it is stored</param>
    /// <returns>null for what is not told, and for a kind of a newer version</returns>
    public static string? Of(string kind) => Words.GetValueOrDefault(kind);

    /// <param name="pattern">a word, or the beginning of some and <c>.*</c></param>
    public static IEnumerable<string> Matching(string pattern) => pattern is [.. var beginning, '.', '*']
        ? All.Where(word => word.StartsWith($"{beginning}.", StringComparison.Ordinal))
        : All.Where(word => word == pattern);

    private static Dictionary<string, string> Spell(Dictionary<SecurityEventKind, string> words) => words.ToDictionary(word => SecurityEvent.Word(word.Key), word => word.Value);
}
