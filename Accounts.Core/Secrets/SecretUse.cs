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
}
