using System.Text;
using System.Text.Json;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>A text, and how each place of a request spells it.</summary>
/// <param name="Name">for the story of a failure</param>
/// <param name="Bytes">as they are, valid UTF-8 or not</param>
/// <param name="Token">in JSON, where it is not simply the text in quotes</param>
internal sealed record FuzzText(string Name, byte[] Bytes, string? Token = null)
{
    private const string Unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    public static FuzzText Of(string text) => new(Shown(text), Encoding.UTF8.GetBytes(text));

    private static string Shown(string text) => JsonSerializer.Serialize(text.Length <= 200 ? text : $"{text[..200]} … {text.Length}");

    public static FuzzText OfBytes(params byte[] bytes) => new(Convert.ToHexString(bytes), bytes);

    public static FuzzText OfToken(string token) => Of(token) with { Token = token };

    public byte[] JsonValue() => Token is null ? JsonString() : Encoding.UTF8.GetBytes(Token);

    /// <summary>In quotes; bytes that are no UTF-8 stay what they are.</summary>
    public byte[] JsonString()
    {
        var json = new MemoryStream(Bytes.Length + 2);
        json.WriteByte((byte)'"');
        foreach (var b in Bytes)
        {
            json.Write(b < 0x20 || b is (byte)'"' or (byte)'\\' ? Encoding.ASCII.GetBytes($"\\u{(int)b:x4}") : [b]);
        }
        json.WriteByte((byte)'"');
        return json.ToArray();
    }

    public byte[] PercentEncoded()
    {
        var encoded = new MemoryStream(Bytes.Length);
        foreach (var b in Bytes)
        {
            encoded.Write(Unreserved.Contains((char)b) ? [b] : Encoding.ASCII.GetBytes($"%{b:X2}"));
        }
        return encoded.ToArray();
    }

    public override string ToString() => Name;
}
