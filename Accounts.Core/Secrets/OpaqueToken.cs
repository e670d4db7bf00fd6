using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Secrets;

/// <summary>
/// A token that says nothing and that nobody guesses: 32 random bytes as base64url. What is stored is its SHA-256, which
/// needs neither salt nor key.
/// </summary>
public static class OpaqueToken
{
    /// <summary>In characters.</summary>
    public const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
