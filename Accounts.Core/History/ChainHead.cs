using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Accounts.Core.Tokens;

namespace Accounts.Core.History;

/// <summary>How far the history went, as it is signed: whoever has seen one can tell later whether the history still has in it what it had then.</summary>
/// <param name="Number">of the last event</param>
/// <param name="Link">of that event, which follows from all before</param>
/// <param name="At">when it was signed, to the second</param>
/// <param name="After">the number of the head before; null where the history begins</param>
public sealed record ChainHead(long Number, byte[] Link, DateTimeOffset At, long? After)
{
    /// <summary>No access token has it, and nothing that has it is one.</summary>
    public const string Type = "history-head+jwt";

    public string Sign(SigningKey key, string issuer)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", issuer);
            json.WriteNumber("iat", At.ToUnixTimeSeconds());
            json.WriteNumber("number", Number);
            json.WriteString("link", Base64Url.EncodeToString(Link));
            if (After is { } after)
            {
                json.WriteNumber("after", after);
            }
            json.WriteEndObject();
        }
        return Jws.Sign(key, Type, buffer.WrittenSpan);
    }

    /// <returns>null for what no key of ours has signed as a head</returns>
    public static ChainHead? Open(string jws, Func<string, SigningKey?> find)
    {
        if (Jws.Open(jws, Type, find) is not { } signed || !SignedJson.TryParseObject(signed.Payload, out var json))
        {
            return null;
        }
        using (json)
        {
            var root = json.RootElement;
            return SignedJson.Number(root, "number") is { } number && SignedJson.Time(root, "iat") is { } at && ReadLink(SignedJson.Text(root, "link")) is { } link
                ? new ChainHead(number, link, at, SignedJson.Number(root, "after"))
                : null;
        }
    }

    public bool IsOf(byte[] link) => Link.AsSpan().SequenceEqual(link);

    private static byte[]? ReadLink(string? text) =>
        text is not null && Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: SHA256.HashSizeInBytes } link ? link : null;
}
