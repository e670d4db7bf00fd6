using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Accounts.Core.Import.Reading;

/// <summary>
/// Reads the objects of one array of a JSON document, one after the other: a document of gigabytes takes no more memory than its largest object.
/// </summary>
/// <param name="file">its path</param>
/// <param name="member">of the document that is the array; null where the document is one</param>
public sealed class JsonRecords(string file, string? member)
{
    /// <summary>Bytes of an object.</summary>
    public const int Longest = 1 << 20;

    private byte[] buffer = new byte[1 << 16];
    private int filled, number;
    private bool inArray, ended;
    private string? last;
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = 32 });

    /// <returns>each object, and which it is, from 1 on; disposed by the caller</returns>
    /// <exception cref="ForeignDataException">it is no such document, or not from there on</exception>
    public async IAsyncEnumerable<(int Number, JsonDocument Record)> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = ForeignFile.Open(file);
        await SkipByteOrderMarkAsync(stream, cancellation);
        var isFinal = false;
        while (!ended)
        {
            while (Next(isFinal) is { } record)
            {
                yield return (++number, record);
            }
            if (!ended)
            {
                isFinal = await FillAsync(stream, isFinal, cancellation);
            }
        }
    }

    private async Task SkipByteOrderMarkAsync(Stream stream, CancellationToken cancellation)
    {
        filled = await stream.ReadAtLeastAsync(buffer, 3, throwOnEndOfStream: false, cancellation);
        if (buffer.AsSpan(0, filled) is [0xEF, 0xBB, 0xBF, ..])
        {
            buffer.AsSpan(3, filled -= 3).CopyTo(buffer);
        }
    }

    private async Task<bool> FillAsync(Stream stream, bool isFinal, CancellationToken cancellation)
    {
        if (isFinal)
        {
            throw Broken("It ends too soon.");
        }
        if (filled == buffer.Length)
        {
            if (buffer.Length >= Longest)
            {
                throw Broken($"Something in it is longer than {Longest} bytes.");
            }
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
        filled += read;
        return read == 0;
    }

    /// <summary>Null where the rest of it is still to be read, or there is none.</summary>
    private JsonDocument? Next(bool isFinal)
    {
        var reader = new Utf8JsonReader(buffer.AsSpan(0, filled), isFinal, state);
        try
        {
            while (!ended)
            {
                var before = reader;
                if (!reader.Read())
                {
                    Consume(before);
                    return null;
                }
                if (!inArray)
                {
                    inArray = IsBeginning(ref reader);
                }
                else if (reader.TokenType == JsonTokenType.EndArray)
                {
                    ended = true;
                }
                else
                {
                    return Whole(before, ref reader);
                }
            }
        }
        catch (JsonException e)
        {
            throw Broken(e.Message, e);
        }
        return null;
    }

    private bool IsBeginning(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
        {
            last = reader.ValueTextEquals(member ?? "") && member is not null ? member : null;
        }
        else if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == (member is null ? 0 : 1))
        {
            return member is null || last == member;
        }
        else if (reader.CurrentDepth == 0 && reader.TokenType != JsonTokenType.StartObject)
        {
            throw Broken(member is null ? "It is no array." : $"It has no member \"{member}\" that is an array.");
        }
        return false;
    }

    private JsonDocument? Whole(Utf8JsonReader before, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            Consume(before);
            return null;
        }
        var record = JsonDocument.Parse(buffer.AsMemory(start, (int)reader.BytesConsumed - start).ToArray());
        Consume(reader);
        return record;
    }

    private void Consume(Utf8JsonReader reader)
    {
        var consumed = (int)reader.BytesConsumed;
        buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
        (filled, state) = (filled - consumed, reader.CurrentState);
    }

    private ForeignDataException Broken(string why, Exception? inner = null) => new(
        number == 0 ? $"{file} cannot be read: {why}" : $"{file} cannot be read after its record {number}: {why}", inner);
}
