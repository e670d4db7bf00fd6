using System.Buffers.Binary;
using System.Security.Cryptography;
using Accounts.Core.Passwords.Hashing;

namespace Accounts.Core.Passwords;

/// <summary>A stored hash in Identity's third format: its number, three big-endian numbers (function, iterations, length of the salt), salt and key.</summary>
internal sealed record StoredPassword(KeyParameters Parameters, byte[] Key)
{
    private const byte Format = 0x01;
    private const int FunctionAt = 1, IterationsAt = 5, SaltLengthAt = 9, SaltAt = 13;
    private const int Longest = 256, SaltLength = 16, KeyLength = 32, Shortest = 16;

    private static readonly HashAlgorithmName[] Functions = [HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512];

    /// <summary>That no password has, at the cost of any other's.</summary>
    public static StoredPassword OfNobody(int iterations) => new(
        new KeyParameters(HashAlgorithmName.SHA512, RandomNumberGenerator.GetBytes(SaltLength), iterations, KeyLength), RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>Null where it is none, or asks for more iterations than are ever obeyed.</summary>
    public static StoredPassword? Read(string? hash, int mostIterations)
    {
        Span<byte> buffer = stackalloc byte[Longest];
        if (hash is null || !Convert.TryFromBase64String(hash, buffer, out var length) || length < SaltAt || buffer[0] != Format)
        {
            return null;
        }
        var (function, iterations, saltLength) = (Number(buffer, FunctionAt), Number(buffer, IterationsAt), Number(buffer, SaltLengthAt));
        var rest = buffer[SaltAt..length];
        if (function >= Functions.Length || iterations == 0 || iterations > mostIterations || saltLength < Shortest || rest.Length - saltLength < Shortest)
        {
            return null;
        }
        var key = rest[(int)saltLength..].ToArray();
        return new StoredPassword(new KeyParameters(Functions[function], rest[..(int)saltLength].ToArray(), (int)iterations, key.Length), key);
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
