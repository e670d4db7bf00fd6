using System.Data.Common;
using Accounts.Core.Audit;

namespace Accounts.Core.History;

/// <summary>An event with what it got with its number.</summary>
internal sealed record LinkedEvent(long Number, NumberedEvent Entry, byte[]? Salt, byte[]? FieldsHash, byte[]? ActorSalt, byte[]? ActorFieldsHash, byte[]? Link)
{
    public const string Columns = $"{NumberedEvent.Columns}, number, salt, fields_hash, actor_salt, actor_fields_hash, link";

    /// <summary>Whether nothing stands in it where the salt is gone: no hash says any more what stood there, and so anything could.</summary>
    public bool IsBare => (Salt is not null || FieldsHash is null || Entry is { Ip: "", UserAgent: "", Before: null, After: null })
        && (ActorSalt is not null || ActorFieldsHash is null || Entry is { ActorIp: "", ActorUserAgent: "" });

    public static LinkedEvent Read(DbDataReader row)
    {
        byte[]? Bytes(int n) => row.IsDBNull(NumberedEvent.ColumnCount + n) ? null : row.GetFieldValue<byte[]>(NumberedEvent.ColumnCount + n);
        return new(row.GetInt64(NumberedEvent.ColumnCount), NumberedEvent.Read(row), Bytes(1), Bytes(2), Bytes(3), Bytes(4), Bytes(5));
    }
}

/// <summary>Goes along the chain, event by event, and finds what does not follow. What was changed is named once, and not with everything after it.</summary>
/// <param name="number">where it begins: of an event, or of none</param>
/// <param name="link">what was signed for that number</param>
internal sealed class ChainWalk(long number, byte[] link)
{
    private readonly EventHash hash = new();

    /// <summary>What the link before should be, where it is another: if this one follows from that, nothing but the link was changed.</summary>
    private byte[]? intended;
    private bool isTorn;

    public long Number { get; private set; } = number;

    /// <summary>As it stands there.</summary>
    public byte[] Link { get; private set; } = link;

    public IEnumerable<HistoryFinding> Step(LinkedEvent row)
    {
        if (row.Number != Number + 1)
        {
            isTorn = true;
            yield return HistoryFinding.Missing(Number + 1, row.Number - 1);
        }
        Number = row.Number;
        if (row is not { FieldsHash: { } fields, Link: { } found })
        {
            isTorn = true;
            yield return HistoryFinding.Unlinked(row.Number);
            yield break;
        }
        if (row.Salt is { } salt && !hash.Fields(salt, row.Entry).AsSpan().SequenceEqual(fields))
        {
            yield return HistoryFinding.FieldsChanged(row.Number);
        }
        if (row.Entry.HasActor != (row.ActorFieldsHash is not null)
            || row.ActorSalt is { } actorSalt && !hash.ActorFields(actorSalt, row.Entry).AsSpan().SequenceEqual(row.ActorFieldsHash))
        {
            yield return HistoryFinding.ActorChanged(row.Number);
        }
        // Behind a gap nothing tells what it should follow from.
        var computed = isTorn ? found : LinkAfter(Link);
        byte[] LinkAfter(byte[] before) => hash.Link(before, row.Number, row.Entry, fields, row.ActorFieldsHash);
        var isRight = computed.AsSpan().SequenceEqual(found) || intended is not null && LinkAfter(intended).AsSpan().SequenceEqual(found);
        if (!isRight)
        {
            yield return HistoryFinding.Changed(row.Number);
        }
        (intended, Link, isTorn) = (isRight ? null : computed, found, false);
    }
}
