using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Settings;
using Accounts.Core.Tokens;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Tokens;

/// <summary>The clients that may introspect, authenticated by HTTP Basic (RFC 7617).</summary>
public sealed class IntrospectionClients(IOptions<TokenOptions> options)
{
    private const string Prefix = "Basic ";

    private readonly Dictionary<string, byte[]> secretHashes = SettingsSetup.Parts(options.Value.IntrospectionClients)
        .Select(pair => pair.Split(':', 2))
        .ToDictionary(pair => pair[0], pair => Hash(pair[^1]));

    public bool Any => secretHashes.Count > 0;

    public bool Authenticates(HttpRequest request)
    {
        if (Read(request) is not [var id, var secret])
        {
            return false;
        }
        // An unknown client costs the same comparison.
        var expected = secretHashes.GetValueOrDefault(id);
        return CryptographicOperations.FixedTimeEquals(Hash(secret), expected ?? new byte[SHA256.HashSizeInBytes]) && expected is not null;
    }

    private static string[]? Read(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } value] || !value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        Span<byte> decoded = stackalloc byte[1024];
        return Convert.TryFromBase64String(value[Prefix.Length..].Trim(), decoded, out var length)
            ? Encoding.UTF8.GetString(decoded[..length]).Split(':', 2)
            : null;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
