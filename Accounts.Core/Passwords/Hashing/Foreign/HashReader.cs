using System.Globalization;
using System.Text;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>A hash, or why it is none that is computed.</summary>
internal readonly record struct HashReading(ForeignPasswordHash? Hash, string? Defect);

/// <summary>
/// Reads what a hash asks for, before anything is computed, and keeps the first thing that is wrong with it. Of the hash
/// its words have the numbers alone: they go into reports.
/// </summary>
/// <param name="algorithm">that is read</param>
/// <param name="parts">of the text, as the format divides it</param>
internal sealed class HashReader(string algorithm, params string[] parts)
{
    private const int LongestSalt = 128;

    private string? defect;

    /// <summary>As many parts as the format has.</summary>
    public HashReader Demand(int count)
    {
        if (parts.Length != count)
        {
            Refuse("that is not whole");
        }
        return this;
    }

    public void Refuse(string reason) => defect ??= $"{algorithm} {reason}";

    public int Number(int at, string of, int least, int most) => Number(Part(at), of, least, most);

    /// <summary>Digits alone, and none before which a zero stands: else there were many ways to write one number.</summary>
    public int Number(string digits, string of, int least, int most)
    {
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit) || (digits[0] == '0' && digits.Length > 1))
        {
            Refuse($"with no number of {of}");
            return least;
        }
        if (digits.Length > 10 || long.Parse(digits, CultureInfo.InvariantCulture) > most)
        {
            Refuse($"with {(digits.Length > 20 ? "too many" : digits)} {of}: more than {most} is never computed");
            return least;
        }
        var number = int.Parse(digits, CultureInfo.InvariantCulture);
        if (number < least)
        {
            Refuse($"with {number} {of}: less than {least} is no hash");
        }
        return number;
    }

    /// <summary>Text that is salt as it stands.</summary>
    public byte[] TextSalt(int at)
    {
        var salt = Encoding.UTF8.GetBytes(Part(at));
        if (salt.Length is 0 or > LongestSalt)
        {
            Refuse(salt.Length == 0 ? "without a salt" : "with too long a salt");
        }
        return salt;
    }

    public byte[] Base64(int at, string of, int least, int most) => Base64(Part(at), of, least, most);

    /// <summary>As PHC strings have it.</summary>
    public byte[] UnpaddedBase64(int at, string of, int least, int most)
    {
        var text = Part(at);
        return Base64(text.EndsWith('=') ? "" : text.PadRight((text.Length + 3) / 4 * 4, '='), of, least, most);
    }

    private byte[] Base64(string text, string of, int least, int most)
    {
        var bytes = new byte[text.Length];
        // Where bits are left over they are zero: else there were many ways to write one key.
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length < least || length > most || Convert.ToBase64String(bytes, 0, length) != text)
        {
            Refuse($"with a damaged {of}");
            return [];
        }
        return bytes[..length];
    }

    public byte[] Hex(int at, int length)
    {
        var text = Part(at);
        if (text.Length != 2 * length || !text.All(char.IsAsciiHexDigit))
        {
            Refuse("with a damaged key");
            return [];
        }
        return Convert.FromHexString(text);
    }

    public HashReading Read(Func<ForeignPasswordHash> made) => defect is null ? new HashReading(made(), null) : new HashReading(null, defect);

    public string Part(int at) => at < parts.Length ? parts[at] : "";
}
