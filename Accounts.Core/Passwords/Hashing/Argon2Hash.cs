using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NSec.Cryptography;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// A password's hash by Argon2id (RFC 9106), stored as a PHC string. What it asks for is judged while it is read and
/// before anything is computed: another version, more lanes than one, a salt of another length than NSec takes, a number
/// that is written in another way than here, too much memory or too many passes, and it is none.
/// </summary>
internal sealed partial record Argon2Hash(int MemoryKiB, int Passes, byte[] Salt, byte[] Key)
{
    /// <summary>libsodium's own least.</summary>
    public const int LeastMemoryKiB = 8;

    /// <summary>128 MiB, which each hashing thread may hold at once; with <see cref="MostPasses"/> it takes seconds of a core, and no stored hash more.</summary>
    public const int MostMemoryKiB = 128 * 1024;

    public const int MostPasses = 10;

    private const int SaltLength = 16, KeyLength = 32;

    public static Argon2Hash Of(string password, int memoryKiB, int passes)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new Argon2Hash(memoryKiB, passes, salt, Derive(password, memoryKiB, passes, salt, KeyLength));
    }

    /// <summary>Null where it is none, or asks for more than is ever obeyed.</summary>
    public static Argon2Hash? Read(string text)
    {
        if (Phc().Match(text) is not { Success: true } match)
        {
            return null;
        }
        var (memory, passes) = (Number(match.Groups["memory"]), Number(match.Groups["passes"]));
        var (salt, key) = (Bytes(match.Groups["salt"]), Bytes(match.Groups["key"]));
        return memory is >= LeastMemoryKiB and <= MostMemoryKiB && passes <= MostPasses && salt is not null && key is not null
            ? new Argon2Hash(memory, passes, salt, key)
            : null;
    }

    [GeneratedRegex(@"\A\$argon2id\$v=19\$m=(?<memory>[1-9][0-9]{0,5}),t=(?<passes>[1-9][0-9]?),p=1\$(?<salt>[A-Za-z0-9+/]{22})\$(?<key>[A-Za-z0-9+/]{22,86})\z")]
    private static partial Regex Phc();

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Base64 without padding; null where the bits that are left over are not zero, or bits are missing.</summary>
    private static byte[]? Bytes(Group digits)
    {
        var bytes = new byte[digits.Length * 6 / 8];
        return Convert.TryFromBase64String(digits.Value.PadRight((digits.Length + 3) / 4 * 4, '='), bytes, out _) && Text(bytes) == digits.Value ? bytes : null;
    }

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    public bool IsOf(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, MemoryKiB, Passes, Salt, Key.Length), Key);

    /// <summary>libsodium takes the memory from the system and gives it back, 19 MiB for a hash of today: the threads that hash bound it.</summary>
    private static byte[] Derive(string password, int memoryKiB, int passes, byte[] salt, int length)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            var parameters = new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memoryKiB, NumberOfPasses = passes };
            return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters).DeriveBytes(bytes, salt, length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>What says how it is computed; salt and key follow.</summary>
    public static string Kind(int memoryKiB, int passes) => string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={memoryKiB},t={passes},p=1$");

    /// <summary>The rest of a hash that no password has.</summary>
    public static string RestOfNobodys() => $"{Text(RandomNumberGenerator.GetBytes(SaltLength))}${Text(RandomNumberGenerator.GetBytes(KeyLength))}";

    public override string ToString() => $"{Kind(MemoryKiB, Passes)}{Text(Salt)}${Text(Key)}";
}
