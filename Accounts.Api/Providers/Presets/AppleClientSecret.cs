using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Accounts.Api.Providers.Presets;

/// <summary>
/// Apple has no client secret to give: each is a token that we sign with the key from its developer's pages (Apple's
/// <i>Creating a client secret</i>). It may be good for six months; ours is for five minutes, and made for each code.
/// </summary>
internal static class AppleClientSecret
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static bool CanRead(string pem)
    {
        try
        {
            using var key = Read(pem);
            return key.KeySize == 256;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    public static string Make(AppleOptions options, DateTimeOffset now)
    {
        using var key = Read(options.PrivateKey);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.TeamId,
            Audience = options.Issuer,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = options.ClientId },
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(
                new ECDsaSecurityKey(key) { KeyId = options.KeyId, CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
                SecurityAlgorithms.EcdsaSha256),
        });
    }

    private static ECDsa Read(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem.Replace("\\n", "\n", StringComparison.Ordinal));
        return key;
    }
}
