using System.Buffers.Binary;
using Accounts.Core.Secrets;

namespace Accounts.Core.Checkup;

/// <summary>By what a server knows that one of its own kind asks, which alone learns how its request arrived: whoever has the secret key, for a minute.</summary>
public sealed class Probe(SecretKeys keys, TimeProvider time)
{
    /// <summary>The header that brings it, and the one that answers it.</summary>
    public const string Header = "Accounts-Probe", Answer = "Accounts-Seen";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public string Make()
    {
        Span<byte> content = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(content, time.GetUtcNow().ToUnixTimeSeconds());
        return keys.Write(SecretUse.Probes, content);
    }

    public bool IsOurs(string text)
    {
        Span<byte> content = stackalloc byte[sizeof(long)];
        return keys.TryRead(SecretUse.Probes, text, content)
            && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - BinaryPrimitives.ReadInt64LittleEndian(content)) <= Lifetime.TotalSeconds;
    }
}
