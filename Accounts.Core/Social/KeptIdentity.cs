using System.Text.Json;

namespace Accounts.Core.Social;

/// <summary>An identity, as it is kept with a change that may be undone.</summary>
internal sealed record KeptIdentity(string Provider, string Issuer, string Uid, string? Email, bool EmailVerified, string ExtraData)
{
    public static byte[] Of(SocialAccount account) => JsonSerializer.SerializeToUtf8Bytes(
        new KeptIdentity(account.Provider, account.Issuer, account.ProviderUid, account.Email, account.EmailVerified, account.ExtraData));

    public static KeptIdentity Read(byte[] kept) => JsonSerializer.Deserialize<KeptIdentity>(kept)!;
}
