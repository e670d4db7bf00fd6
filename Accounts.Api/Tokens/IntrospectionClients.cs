using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Settings;
using Accounts.Core.Tokens;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Tokens;

/// <summary>The clients that may introspect, authenticated by HTTP Basic (RFC 7617).</summary>
public sealed class IntrospectionClients(IOptions<TokenOptions> options)
{
    private readonly Dictionary<string, byte[]> secretHashes = SettingsSetup.Parts(options.Value.IntrospectionClients)
        .Select(pair => pair.Split(':', 2))
        .ToDictionary(pair => pair[0], pair => Hash(pair[^1]));

    public bool Any => secretHashes.Count > 0;

    public bool Authenticates(HttpRequest request)
    {
        if (BasicCredentials.Read(request) is not var (id, secret))
        {
            return false;
        }
        // An unknown client costs the same comparison.
        var expected = secretHashes.GetValueOrDefault(id);
        return CryptographicOperations.FixedTimeEquals(Hash(secret), expected ?? new byte[SHA256.HashSizeInBytes]) && expected is not null;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
