using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Audit;

/// <summary>
/// What ties events into a chain: SHA-256 over the link before and all that is recorded. What speaks of a person goes in by a hash of its own,
/// with a salt: once both are gone, that hash tells nothing and the chain stays whole. <c>docs/history.md</c> has the bytes, so that anybody can compute them;
/// whatever changes here is another chain.
/// </summary>
public sealed class EventHash
{
    /// <summary>Bytes.</summary>
    public const int SaltLength = 16;

    private const string LinkLabel = "accounts event 1", FieldsLabel = "accounts event fields 1", ActorLabel = "accounts event actor 1";

    private readonly ArrayBufferWriter<byte> input = new(512);

    /// <summary>In place of the link before the first.</summary>
    public static byte[] Origin => new byte[SHA256.HashSizeInBytes];

    /// <summary>Of what goes when the user is erased.</summary>
    public byte[] Fields(byte[] salt, NumberedEvent entry) => Begin(FieldsLabel).Add(salt).Add(entry.Ip).Add(entry.UserAgent).Add(entry.Before).Add(entry.After).End();

    /// <summary>Of what goes when whoever did it is erased.</summary>
    public byte[] ActorFields(byte[] salt, NumberedEvent entry) => Begin(ActorLabel).Add(salt).Add(entry.ActorIp).Add(entry.ActorUserAgent).End();

    /// <param name="before">the link of the event before</param>
    /// <param name="number">its own</param>
    /// <param name="entry">the event</param>
    /// <param name="fields">by <see cref="Fields"/></param>
    /// <param name="actorFields">by <see cref="ActorFields"/>; null where nobody else has acted</param>
    public byte[] Link(byte[] before, long number, NumberedEvent entry, byte[] fields, byte[]? actorFields) =>
        Begin(LinkLabel).Add(before).Add(number).Add(entry.Id).Add(entry.Kind).Add(entry.UserId).Add(entry.SessionId).Add(Microseconds(entry.At)).Add(entry.Count).Add(entry.ActorId)
            .Add(fields).Add(actorFields).End();

    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private EventHash Begin(string label)
    {
        input.ResetWrittenCount();
        return Add(label);
    }

    private byte[] End() => SHA256.HashData(input.WrittenSpan);

    private EventHash Add(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Room(sizeof(long)), value);
        return this;
    }

    private EventHash Add(Guid? value)
    {
        if (value is not { } id)
        {
            return AddNothing();
        }
        id.TryWriteBytes(Room(16), bigEndian: true, out _);
        return this;
    }

    private EventHash Add(string? value)
    {
        if (value is null)
        {
            return AddNothing();
        }
        Encoding.UTF8.GetBytes(value, Room(Encoding.UTF8.GetByteCount(value)));
        return this;
    }

    private EventHash Add(byte[]? value)
    {
        if (value is null)
        {
            return AddNothing();
        }
        value.CopyTo(Room(value.Length));
        return this;
    }

    /// <summary>A 0, for null.</summary>
    private EventHash AddNothing()
    {
        input.GetSpan(1)[0] = 0;
        input.Advance(1);
        return this;
    }

    /// <summary>A 1 and the length, four bytes, before each value: no two lists of values are the same bytes.</summary>
    private Span<byte> Room(int length)
    {
        var head = input.GetSpan(5 + length);
        head[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        input.Advance(5 + length);
        return head.Slice(5, length);
    }
}
