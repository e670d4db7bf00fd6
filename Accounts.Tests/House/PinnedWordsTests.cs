using System.Security.Cryptography;
using System.Text;
using Accounts.Api.Http;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Data.Upgrade;
using Accounts.Core.Failures;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.Outbox;
using Accounts.Core.Passkeys;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Social;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Accounts.Core.Webhooks;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>
/// Words that are stored, on the wire, or part of a key. A member of an enumeration may get another name, its word may not:
/// rows, clients and keys have it. New words are added here, and none is changed or taken out.
/// </summary>
public sealed class PinnedWordsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Secret = "a secret key that stands for any other";

    [Fact]
    public void The_keys_that_are_derived_from_the_secret_key_stay_the_same()
    {
        string[] labels =
        [
            "KeyId", "RefreshTokens", "VerificationCodes", "RegistrationCookies", "DeviceCookies", "Outbox", "SigningKeys", "SocialStates", "PasswordDecoys",
            "SocialCodes", "MailRequests", "Attempts", "AccountChanges", "TotpSeeds", "Probes", "SessionTokens", "OldTokens",
        ];
        var key = new SecretKey(Secret);
        Assert.Equal(labels.Select(Derived), Enum.GetValues<SecretUse>().Select(use => Convert.ToHexString(key.Derive(use))));
    }

    [Fact]
    public void A_code_that_was_mailed_stays_good()
    {
        var key = new SecretKey(Secret);
        var purposes = Enum.GetValues<TokenPurpose>();
        Assert.Equal(
            new[] { "Verify", "Reset", "Change", "Disown", "Erase", "Recover", "Reauthenticate", "SignIn", "Enrol" }.Select(purpose => Convert.ToHexString(HMACSHA256.HashData(
                Convert.FromHexString(Derived("VerificationCodes")), Encoding.UTF8.GetBytes($"{Guid.Empty:N}|{purpose}|123456")))),
            purposes.Select(purpose => Convert.ToHexString(MailedToken.HashCode(key, Guid.Empty, purpose, "123456"))));
    }

    private static string Derived(string label) => Convert.ToHexString(HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret), 32, info: Encoding.ASCII.GetBytes($"accounts/{label}/1")));

    [Fact]
    public void The_words_of_the_database_stay_the_same()
    {
        Assert.Equal(["verify", "reset", "change", "disown", "erase", "recover", "reauthenticate", "sign_in", "enrol"], Stored<MailedToken, TokenPurpose>("Purpose"));
        Assert.Equal(["cookie", "body", "session", "token_body"], Stored<Session, SessionTransport>("Transport"));
        Assert.Equal(["link_in_same_browser", "link_elsewhere", "code", "reset", "provider"], Stored<User, VerifiedBy>("VerifiedBy"));
        Assert.Equal(["logout", "replaced", "reused", "user_ended", "too_many", "restored", "logout_elsewhere", "logout_all", "disowned", "administrator"], Stored<Session, SessionEnd>("EndReason"));
        Assert.Equal(["reset", "verification", "sign_up", "link_code", "sign_up_code", "registration_repeated", "change", "recovery", "reauthentication", "sign_in_code", "enrolment"], Stored<MailRequest, MailPurpose>("Purpose"));
        Assert.Equal(["second_factor", "enrolment"], Stored<SignInTicket, TicketPurpose>("Purpose"));
        Assert.Equal(["queued", "sending", "sent", "abandoned"], Stored<OutboxMessage, OutboxState>("State"));
        Assert.Equal(["queued", "sending", "held", "sent", "parked"], Stored<WebhookMessage, WebhookState>("State"));
        Assert.Equal(["sign_in", "redirect", "restore", "connect", "prove"], Stored<SocialState, SocialMode>("Mode"));
        Assert.Equal(["create", "get"], Stored<PasskeyState, CeremonyKind>("Kind"));
        Assert.Equal(["register", "sign_in", "second_factor", "reauthenticate", "recover"], Stored<PasskeyState, PasskeyPurpose>("Purpose"));
        Assert.Equal(["required", "preferred"], Stored<PasskeyState, UserVerification>("Requirement"));
        Assert.Equal(
            [
                "registered", "registration_repeated", "registration_rejected", "email_verified", "password_reset_requested",
                "password_reset", "password_changed", "signed_in", "signed_out", "sign_in_failed", "sign_in_locked",
                "signed_in_after_failures",
                "refresh_token_reused", "refresh_token_reissued", "refresh_answers_lost", "refresh_token_reissued_elsewhere", "session_state_lost", "social_account_connected", "social_account_disconnected",
                "user_reclaimed", "signed_out_elsewhere", "signed_out_everywhere", "oldest_session_ended", "signed_in_on_new_device", "session_disowned",
                "account_deleted", "account_restored", "account_erasure_asked", "account_erased",
                "username_changed", "profile_changed", "email_change_requested", "email_changed", "address_wanted", "account_frozen", "account_recovered", "social_account_withdrawn",
                "factor_added", "factor_removed", "passkey_counter_regressed", "reauthenticated",
                "recovery_codes_made", "second_factor_failed", "second_factor_locked", "device_trusted", "trusted_device_removed", "personal_token_made", "personal_token_removed", "sign_in_code_requested",
                "roles_changed", "user_deactivated", "user_activated", "user_signed_out", "user_changed", "user_created", "user_deleted", "user_password_reset_sent", "user_verification_sent",
                "user_factor_reset_asked", "user_factors_reset", "user_factor_reset_cancelled", "user_invited", "invitation_withdrawn", "invitation_accepted", "administration_read", "administrator_made", "users_imported",
                "session_renewed", "session_withdrawn", "suspension_ended", "user_readdressed",
            ],
            Stored<SecurityEvent, SecurityEventKind>("Kind"));
    }

    [Fact]
    public void The_names_of_the_mails_stay_the_same() => Assert.Equal(
        [
            "account_claimed", "account_deleted", "account_exists", "account_made", "account_reclaimed", "account_recovered", "account_removed", "account_restored", "address_changed", "address_wanted", "administrator_made", "confirm_address", "enrolment_code", "factor_added", "factor_removed", "factor_reset_asked", "factor_reset_cancelled", "factors_reset", "invitation", "more_changes", "new_account_code", "new_device", "passkey_added", "passkey_removed", "password_changed", "password_outdated", "password_wanted", "personal_token_made", "reauthentication_code", "recover_account", "recovery_codes_made", "refreshed_elsewhere", "reset_password", "second_factor_locked", "session_reused", "sign_in_code", "sign_in_wanted", "sign_up_code",
            "signed_in_after_failures", "social_account_connected", "social_account_disconnected", "social_account_kept", "social_account_withdrawn", "social_link_code", "verify_email",
        ],
        shared.Server.Services.GetRequiredService<MailTemplates>().Words.Order(StringComparer.Ordinal));

    [Fact]
    public void The_numbers_of_the_locks_stay_the_same() => Assert.Equal(
        new Dictionary<string, long> { ["CreateDatabase"] = 0x4163_0001, ["SigningKeys"] = 0x4163_0002, ["Migrations"] = 0x4163_0003, ["Administrators"] = 0x4163_0004, ["EventNumbers"] = 0x4163_0005, ["Import"] = 0x4163_0006, ["EndedSessionNumbers"] = 0x4163_0007 },
        Enum.GetValues<AdvisoryLock>().ToDictionary(key => key.ToString(), key => (long)key));

    [Fact]
    public void The_words_of_the_wire_stay_the_same()
    {
        Assert.Equal(
            ["missing", "invalid", "expired", "revoked", "reused", "unknown_key"],
            Enum.GetValues<TokenRejection>().Select(ErrorBodies.Word));
        Assert.Equal(
            [
                "error", "parse_error", "not_authenticated", "token_not_valid", "bad_authorization_header", "invalid_credentials",
                "invalid_client", "permission_denied", "reauthentication_required", "email_not_verified", "second_factor_required", "second_factor_enrolment_required", "invalid_ticket", "ticket_of_another_user", "recovery_waits", "account_frozen", "account_deleted", "registration_closed",
                "confirmation_required", "csrf_failed", "bad_request", "not_found", "method_not_allowed", "not_acceptable",
                "payload_too_large", "unsupported_media_type", "throttled", "unavailable", "invalid_token", "unsupported_provider",
                "invalid_state", "code_exchange_failed", "provider_profile_failed", "access_denied", "email_required", "account_exists",
                "social_account_taken", "last_sign_in_method", "redirect_flow_unavailable", "provider_error", "email_taken", "invalid_passkey", "too_many_factors",
                "enrolment_expired", "no_second_factor", "second_factor_required_by_policy", "last_administrator", "user_inactive", "already_verified", "stale", "gone", "personal_token_not_accepted", "too_many_tokens", "invalid_request", "unsupported_grant_type", "invalid_scope",
            ],
            Enum.GetValues<ErrorCode>().Select(ErrorBodies.Word));
    }

    private static IEnumerable<string> Stored<TEntity, TWord>(string property) where TWord : struct, Enum
    {
        using var db = DatabaseUpgrade.Open("Host=nowhere");
        var column = db.Model.FindEntityType(typeof(TEntity))!.FindProperty(property)!;
        var words = Enum.GetValues<TWord>().Select(value => (string)column.GetTypeMapping().Converter!.ConvertToProvider(value)!).ToArray();
        Assert.All(words, word => Assert.InRange(word.Length, 1, column.GetMaxLength()!.Value));
        return words;
    }
}
