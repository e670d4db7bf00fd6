namespace Accounts.Core.Secrets;

/// <summary>What a key derived from the SecretKey serves for: one HKDF label per use, so that no two uses share a key.</summary>
public enum SecretUse
{
    KeyId,
    RefreshTokens,
    VerificationCodes,
    RegistrationCookies,
    DeviceCookies,
    Outbox,
    SigningKeys,
    SocialStates,
    PasswordDecoys,
    SocialCodes,
    MailRequests,
    Attempts,
    AccountChanges,
    TotpSeeds,
    Probes,
    SessionTokens,
    OldTokens,
}

internal static class SecretUseLabels
{
    /// <summary>Part of every derived key. Another word here, and nothing that was made with the key can be read any more.</summary>
    public static string Label(this SecretUse use) => use switch
    {
        SecretUse.KeyId => "KeyId",
        SecretUse.RefreshTokens => "RefreshTokens",
        SecretUse.VerificationCodes => "VerificationCodes",
        SecretUse.RegistrationCookies => "RegistrationCookies",
        SecretUse.DeviceCookies => "DeviceCookies",
        SecretUse.Outbox => "Outbox",
        SecretUse.SigningKeys => "SigningKeys",
        SecretUse.SocialStates => "SocialStates",
        SecretUse.PasswordDecoys => "PasswordDecoys",
        SecretUse.SocialCodes => "SocialCodes",
        SecretUse.MailRequests => "MailRequests",
        SecretUse.Attempts => "Attempts",
        SecretUse.AccountChanges => "AccountChanges",
        SecretUse.TotpSeeds => "TotpSeeds",
        SecretUse.Probes => "Probes",
        SecretUse.SessionTokens => "SessionTokens",
        SecretUse.OldTokens => "OldTokens",
        _ => throw new ArgumentOutOfRangeException(nameof(use)),
    };
}
