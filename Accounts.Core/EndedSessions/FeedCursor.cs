using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Accounts.Core.EndedSessions;

/// <summary>A place in the feed, as a client is given it. Who makes one of their own misses entries, or reads them twice: it opens nothing.</summary>
/// <param name="Origin">of which feed</param>
/// <param name="Number">of the last entry before it</param>
/// <param name="IssuedAt">when it was given, to the second</param>
public sealed record FeedCursor(Guid Origin, long Number, DateTimeOffset IssuedAt)
{
    private const int NumberAt = 16, TimeAt = 24, Length = 32;

    public string Write()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Origin.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[NumberAt..], Number);
        BinaryPrimitives.WriteInt64BigEndian(bytes[TimeAt..], IssuedAt.ToUnixTimeSeconds());
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string text, [NotNullWhen(true)] out FeedCursor? cursor)
    {
        cursor = null;
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length != Base64Url.GetEncodedLength(Length) || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != Length)
        {
            return false;
        }
        var (number, seconds) = (BinaryPrimitives.ReadInt64BigEndian(bytes[NumberAt..]), BinaryPrimitives.ReadInt64BigEndian(bytes[TimeAt..]));
        if (number is < 0 or > FeedNumber.Greatest || seconds < 0 || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }
        cursor = new FeedCursor(new Guid(bytes[..NumberAt], bigEndian: true), number, DateTimeOffset.FromUnixTimeSeconds(seconds));
        return true;
    }
}
