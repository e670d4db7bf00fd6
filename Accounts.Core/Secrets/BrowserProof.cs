using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Accounts.Core.Secrets;

/// <summary>
/// What a browser keeps to be recognised: that it registered a user, or that it had codes mailed. Whom or what it speaks of, random bytes,
/// so that no two are alike, and expiry.
/// </summary>
public sealed class BrowserProof(SecretKeys keys, TimeProvider time)
{
    private const int RandomAt = 16, ExpiresAt = 32, Length = 40;

    public string Issue(SecretUse use, Guid subject, TimeSpan lifetime)
    {
        Span<byte> bytes = stackalloc byte[Length];
        subject.TryWriteBytes(bytes, bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes[RandomAt..ExpiresAt]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[ExpiresAt..], (time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        return keys.Write(use, bytes);
    }

    /// <summary>Whom or what it speaks of; null where it is not good.</summary>
    public Guid? SubjectOf(SecretUse use, string? proof)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return keys.TryRead(use, proof, bytes) && BinaryPrimitives.ReadInt64BigEndian(bytes[ExpiresAt..]) > time.GetUtcNow().ToUnixTimeSeconds()
            ? new Guid(bytes[..RandomAt], bigEndian: true)
            : null;
    }

    /// <summary>Whose codes count where these are shown; who registered somebody has the codes of that registration.</summary>
    public Guid[] AttemptsOf(IEnumerable<string?> shown) =>
        [.. shown.SelectMany(proof => new[] { SubjectOf(SecretUse.RegistrationCookies, proof), SubjectOf(SecretUse.Attempts, proof) }).OfType<Guid>().Distinct()];
}
