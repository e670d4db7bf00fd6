using System.Text.Json;

namespace Accounts.Core.Passkeys;

/// <summary>A passkey, as it is kept while its removal may be undone.</summary>
internal sealed record KeptPasskey(Guid Id, string Name, byte[] CredentialId, byte[] PublicKey, long Counter, string[] Transports, Guid Aaguid)
{
    public bool BackupEligible { get; init; }

    public bool BackedUp { get; init; }

    public bool UserVerifiedAtRegistration { get; init; }

    public bool UserVerifiedAtUse { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public static byte[] Of(Passkey passkey) => JsonSerializer.SerializeToUtf8Bytes(new KeptPasskey(
        passkey.Id, passkey.Name, passkey.CredentialId, passkey.PublicKey, passkey.Counter, passkey.Transports, passkey.Aaguid)
    {
        BackupEligible = passkey.BackupEligible,
        BackedUp = passkey.BackedUp,
        UserVerifiedAtRegistration = passkey.UserVerifiedAtRegistration,
        UserVerifiedAtUse = passkey.UserVerifiedAtUse,
        CreatedAt = passkey.CreatedAt,
        LastUsedAt = passkey.LastUsedAt,
    });

    public static KeptPasskey Read(byte[] kept) => JsonSerializer.Deserialize<KeptPasskey>(kept)!;
}
