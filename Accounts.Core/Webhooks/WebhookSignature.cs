using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Webhooks;

/// <summary>The signature of Standard Webhooks (https://www.standardwebhooks.com): of the id, the time of this try, and the body to the byte.</summary>
internal static class WebhookSignature
{
    /// <param name="keys">one, or two while they change: whoever has either finds theirs</param>
    /// <param name="id">the same at each try</param>
    /// <param name="timestamp">of this try, in seconds since 1970</param>
    /// <param name="body">as it is sent</param>
    public static string Of(IEnumerable<byte[]> keys, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }
}
