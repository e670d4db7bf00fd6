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
    public Guid? SubjectOf(SecretUse use, string? proof) => Read(use, proof)?.Subject;

    /// <summary>For how long it is good yet; nothing where it is not.</summary>
    public TimeSpan LeftOf(SecretUse use, string? proof) => Read(use, proof)?.Left ?? TimeSpan.Zero;

    private (Guid Subject, TimeSpan Left)? Read(SecretUse use, string? proof)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!keys.TryRead(use, proof, bytes))
        {
            return null;
        }
        var left = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes[ExpiresAt..])) - time.GetUtcNow();
        return left > TimeSpan.Zero ? (new Guid(bytes[..RandomAt], bigEndian: true), left) : null;
    }

    /// <summary>Whose codes count where these are shown; who registered somebody has the codes of that registration.</summary>
    public Guid[] AttemptsOf(IEnumerable<string?> shown) =>
        [.. shown.SelectMany(proof => new[] { SubjectOf(SecretUse.RegistrationCookies, proof), SubjectOf(SecretUse.Attempts, proof) }).OfType<Guid>().Distinct()];
}
