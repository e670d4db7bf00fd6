using Accounts.Core.Audit;
using Accounts.Core.Failures;

namespace Accounts.Core.OwnActivity;

/// <summary>What events are called when they are told to the user whose account they happened to.</summary>
public static class ActivityWords
{
    /// <summary>In place of the device, which is another person's.</summary>
    internal static readonly Sentence Administrator = "An administrator", Operator = Actor.OperatorTitle;

    private static readonly Sentence Repeated = "{0} ({1} times)";

    private static readonly Dictionary<SecurityEventKind, Sentence> Words = new()
    {
        [SecurityEventKind.Registered] = "The account was registered",
        [SecurityEventKind.RegistrationRepeated] = "Somebody tried to register your address again",
        [SecurityEventKind.RegistrationRejected] = "The registration was rejected by whoever reads the address's mail",
        [SecurityEventKind.EmailVerified] = "The e-mail address was verified",
        [SecurityEventKind.PasswordResetRequested] = "A mail to choose a new password was asked for",
        [SecurityEventKind.PasswordReset] = "A new password was chosen by a mail",
        [SecurityEventKind.PasswordChanged] = "The password was changed",
        [SecurityEventKind.SignedIn] = "Signed in",
        [SecurityEventKind.SignedOut] = "Signed out",
        [SecurityEventKind.SignInFailed] = "A sign-in failed: wrong password",
        [SecurityEventKind.SignInLocked] = "A sign-in was refused after too many wrong passwords",
        [SecurityEventKind.SignedInAfterFailures] = "Signed in after many wrong passwords",
        [SecurityEventKind.RefreshTokenReused] = "A session was ended because its token was used twice: somebody may have copied it",
        [SecurityEventKind.RefreshTokenReissued] = "A session went on after an answer was lost on its way",
        [SecurityEventKind.RefreshAnswersLost] = "Several answers in a row were lost on their way: a bad connection, or somebody who has the session's token, too",
        [SecurityEventKind.RefreshTokenReissuedElsewhere] = "A session went on from another browser in another network",
        [SecurityEventKind.SessionStateLost] = "A session went on after a fault of the server's",
        [SecurityEventKind.SocialAccountConnected] = "An account at a provider was connected",
        [SecurityEventKind.SocialAccountDisconnected] = "An account at a provider was disconnected",
        [SecurityEventKind.UserReclaimed] = "The account was taken over by its address's owner",
        [SecurityEventKind.SignedOutElsewhere] = "A session was ended from another device",
        [SecurityEventKind.SignedOutEverywhere] = "Signed out everywhere",
        [SecurityEventKind.OldestSessionEnded] = "The oldest session was ended: there were too many",
        [SecurityEventKind.SignedInOnNewDevice] = "Signed in on a new device",
        [SecurityEventKind.Reauthenticated] = "Confirmed that it is you",
        [SecurityEventKind.SessionDisowned] = "A session was ended by the link of a mail: it was not yours",
        [SecurityEventKind.AccountDeleted] = "The account was deleted",
        [SecurityEventKind.AccountRestored] = "The deleted account was had back",
        [SecurityEventKind.AccountErasureAsked] = "The deleted account was to be erased at once",
        [SecurityEventKind.AccountErased] = "The account was erased",
        [SecurityEventKind.UsernameChanged] = "The username was changed",
        [SecurityEventKind.ProfileChanged] = "The profile was changed",
        [SecurityEventKind.EmailChangeRequested] = "A change of the e-mail address was asked for",
        [SecurityEventKind.EmailChanged] = "The e-mail address was changed by the link of a mail",
        [SecurityEventKind.AddressWanted] = "Somebody tried to use your address for another account",
        [SecurityEventKind.AccountFrozen] = "The account was frozen by the link of a mail: a change was not yours",
        [SecurityEventKind.SocialAccountWithdrawn] = "A provider told us that it signs you in no more; it stays connected, for there is no other way in",
        [SecurityEventKind.SignInCodeRequested] = "A mail to sign in by was asked for",
        [SecurityEventKind.AccountRecovered] = "The account was had back as it was before a change, with a new password",
        [SecurityEventKind.FactorAdded] = "A passkey or second factor was added",
        [SecurityEventKind.FactorRemoved] = "A passkey or second factor was removed",
        [SecurityEventKind.PasskeyCounterRegressed] = "A passkey was refused because it had counted further before: there may be a copy of it",
        [SecurityEventKind.RecoveryCodesMade] = "New recovery codes were made",
        [SecurityEventKind.SecondFactorFailed] = "A wrong code of a second factor was entered",
        [SecurityEventKind.SecondFactorLocked] = "Codes of a second factor were refused for a while after too many wrong ones",
        [SecurityEventKind.DeviceTrusted] = "A device was trusted: for a while it is not asked for the second factor",
        [SecurityEventKind.TrustedDeviceRemoved] = "A device was trusted no more",
        [SecurityEventKind.PersonalTokenMade] = "A personal token was made",
        [SecurityEventKind.PersonalTokenRemoved] = "A personal token was removed",
        [SecurityEventKind.RolesChanged] = "{0} changed your roles",
        [SecurityEventKind.UserDeactivated] = "{0} deactivated the account",
        [SecurityEventKind.UserActivated] = "{0} activated the account",
        [SecurityEventKind.UserSignedOut] = "{0} ended all sessions",
        [SecurityEventKind.UserChanged] = "{0} changed the profile",
        [SecurityEventKind.UserCreated] = "{0} made the account",
        [SecurityEventKind.AdministratorMade] = "{0} made the account an administrator's, and whoever had it before is out",
        [SecurityEventKind.UserDeleted] = "{0} deleted the account",
        [SecurityEventKind.UserPasswordResetSent] = "{0} had a mail sent to choose a new password",
        [SecurityEventKind.UserVerificationSent] = "{0} had a mail sent to verify the address",
        [SecurityEventKind.UserFactorResetAsked] = "{0} asked for your second factors to be removed, a day later",
        [SecurityEventKind.UserFactorsReset] = "Your second factors were removed, as an administrator had asked",
        [SecurityEventKind.UserFactorResetCancelled] = "Your second factors were not removed: one of them was used, or the account was stopped meanwhile",
        [SecurityEventKind.UserInvited] = "You sent an invitation",
        [SecurityEventKind.InvitationWithdrawn] = "You withdrew an invitation",
        [SecurityEventKind.InvitationAccepted] = "You accepted an invitation",
        [SecurityEventKind.UsersImported] = "{0} imported accounts from another system",
        [SecurityEventKind.AdministrationRead] = "{0} looked at the account",
        [SecurityEventKind.SessionRenewed] = "A session went on under another id, after a change or a proof of yours",
        [SecurityEventKind.SessionWithdrawn] = "A session was ended: the provider that it was opened by signs you in no more",
        [SecurityEventKind.SuspensionEnded] = "A suspension of the account was over",
        [SecurityEventKind.UserReaddressed] = "{0} changed the e-mail address",
    };

    private static readonly Dictionary<string, Sentence> ByStoredWord = Words.ToDictionary(pair => SecurityEvent.Word(pair.Key), pair => pair.Value);

    /// <summary>Of an act that an operator did in an administrator's place.</summary>
    public static Sentence OfOperator(string kind) => Of(kind, Operator);

    /// <param name="kind">as it is stored; another version's word is shown as it is, without underscores</param>
    /// <param name="count">how often it happened in that minute</param>
    public static Sentence Of(string kind, int count)
    {
        var words = Of(kind, Administrator);
        return count > 1 ? Repeated.With(words, count) : words;
    }

    private static Sentence Of(string kind, Sentence actor) => ByStoredWord.GetValueOrDefault(kind)?.With(actor) ?? Sentence.Foreign(kind.Replace('_', ' '));
}
