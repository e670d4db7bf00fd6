using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// What a hash in Identity's third format asks for, judged before its hasher computes it: the format's number, three
/// big-endian numbers (function, iterations, length of the salt), salt and key, in Base64.
/// </summary>
internal static class IdentityHash
{
    /// <summary>A stored count above this is not obeyed.</summary>
    public const int MostIterations = 4_000_000;

    private const byte Format = 0x01;
    private const uint Sha512 = 2;
    private const int FunctionAt = 1, IterationsAt = 5, SaltLengthAt = 9, SaltAt = 13;
    private const int Longest = 256, SaltLength = 16, KeyLength = 32, Shortest = 16;

    public static bool IsObeyed(string hash)
    {
        Span<byte> buffer = stackalloc byte[Longest];
        if (!Convert.TryFromBase64String(hash, buffer, out var length) || length < SaltAt || buffer[0] != Format)
        {
            return false;
        }
        var (function, iterations, saltLength) = (Number(buffer, FunctionAt), Number(buffer, IterationsAt), Number(buffer, SaltLengthAt));
        var keyLength = length - SaltAt - saltLength;
        return function <= Sha512 && iterations is > 0 and <= MostIterations && saltLength >= Shortest && keyLength >= Shortest;
    }

    /// <summary>What says how it is computed (by HMAC-SHA-512); the last byte of the salt's length, salt and key follow.</summary>
    public static string Kind(int iterations)
    {
        Span<byte> header = stackalloc byte[SaltAt - 1];
        header.Clear();
        header[0] = Format;
        BinaryPrimitives.WriteUInt32BigEndian(header[FunctionAt..], Sha512);
        BinaryPrimitives.WriteInt32BigEndian(header[IterationsAt..], iterations);
        return Convert.ToBase64String(header);
    }

    /// <summary>The rest of a hash that no password has.</summary>
    public static string RestOfNobodys() => Convert.ToBase64String([SaltLength, .. RandomNumberGenerator.GetBytes(SaltLength + KeyLength)]);

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
