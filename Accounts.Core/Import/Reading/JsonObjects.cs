using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Accounts.Core.Import.Reading;

/// <summary>What a JSON file is to be.</summary>
/// <param name="Name">what it is a file of</param>
/// <param name="Advice">how it is written, for whoever has another</param>
/// <param name="Member">of the document, that is the array of objects; null where the document is one, or has an object a line</param>
internal sealed record JsonShape(string Name, string Advice, string? Member = null);

/// <summary>The objects of a JSON file, one after the other; packed by gzip or not. However large the file, there is one object in memory.</summary>
internal sealed class JsonObjects(string file, JsonShape shape)
{
    /// <summary>In bytes, of one object. What people write is smaller by far; a table of documents need not be in the file.</summary>
    private const int LongestObject = 64 * 1024 * 1024;

    private readonly int depth = shape.Member is null ? 0 : 1;
    private JsonReaderState state = new(new JsonReaderOptions { AllowMultipleValues = shape.Member is null });
    private bool isOpen, wasOpen, isNamed;
    private long number;

    /// <exception cref="ForeignDataException">there is no such file, or it is none of these from some place on</exception>
    public async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await OpenAsync(cancellation);
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 128 * 1024, minimumReadSize: 32 * 1024));
        var wanted = 0L;
        for (var isLast = false; !isLast;)
        {
            var (buffer, isComplete) = await FillAsync(pipe, wanted, cancellation);
            while (TryTake(ref buffer, isComplete, out var taken))
            {
                yield return taken;
            }
            // What is not whole yet is looked at again when there is twice as much of it, or all of it comes to be read very often.
            (isLast, wanted) = (isComplete, Math.Min(buffer.Length * 2, LongestObject + 1));
            if (buffer.Length > LongestObject)
            {
                throw Wrong($"it has an object of more than {LongestObject / 1024 / 1024} MiB");
            }
            pipe.AdvanceTo(buffer.Start, buffer.End);
        }
        await pipe.CompleteAsync();
        if (shape.Member is { } member && !wasOpen)
        {
            throw Wrong($"it has no member \"{member}\" that is an array");
        }
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        var stream = ForeignFile.Open(file);
        var start = new byte[3];
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        if (length >= 2 && start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            await stream.DisposeAsync();
            throw Wrong("it is UTF-16, as PowerShell's > writes it");
        }
        // A byte order mark says nothing: it is UTF-8 in any case.
        stream.Position = start is [0xEF, 0xBB, 0xBF] ? 3 : 0;
        return start is [0x1F, 0x8B, ..] ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private async Task<(ReadOnlySequence<byte> Buffer, bool IsComplete)> FillAsync(PipeReader pipe, long wanted, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellation);
                if (read.IsCompleted || read.Buffer.Length >= wanted)
                {
                    return (read.Buffer, read.IsCompleted);
                }
                pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new ForeignDataException($"{file} cannot be read to its end: {e.Message}", e);
        }
    }

    /// <summary>The next whole object. What stands before it is read with it.</summary>
    /// <param name="buffer">moved to behind the object; to behind what was read before it where it is not whole</param>
    private bool TryTake(ref ReadOnlySequence<byte> buffer, bool isComplete, out JsonElement taken)
    {
        taken = default;
        try
        {
            var reader = new Utf8JsonReader(buffer, isComplete, state);
            while (reader.Read())
            {
                if (IsAround(ref reader))
                {
                    (buffer, state) = (buffer.Slice(reader.BytesConsumed), reader.CurrentState);
                    reader = new Utf8JsonReader(buffer, isComplete, state);
                    continue;
                }
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    throw Wrong($"an object was looked for where there is {reader.TokenType}");
                }
                var start = reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    return false;
                }
                taken = JsonElement.Parse(Bytes(buffer.Slice(start, reader.BytesConsumed - start)));
                (buffer, state) = (buffer.Slice(reader.BytesConsumed), reader.CurrentState);
                number++;
                return true;
            }
            return false;
        }
        catch (JsonException e)
        {
            throw new ForeignDataException($"{file} is no JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on, after {number} whole objects: was it written to its end? {e.Message}", e);
        }
        catch (InvalidOperationException)
        {
            throw Wrong("it has a name in it that is not valid UTF-8");
        }
    }

    /// <summary>Whether the token is none of an object that is looked for: the array's bracket, and whatever else is in the document that it is a member of.</summary>
    private bool IsAround(ref Utf8JsonReader reader)
    {
        var isBracket = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray && reader.CurrentDepth == depth;
        if (shape.Member is not { } member)
        {
            return isBracket;
        }
        if (isBracket)
        {
            (isOpen, isNamed) = (isNamed && reader.TokenType == JsonTokenType.StartArray, false);
            wasOpen |= isOpen;
            return true;
        }
        if (!isOpen && reader.CurrentDepth == depth)
        {
            isNamed = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(member);
        }
        return !isOpen;
    }

    private static ReadOnlySpan<byte> Bytes(in ReadOnlySequence<byte> part) => part.IsSingleSegment ? part.FirstSpan : part.ToArray();

    private ForeignDataException Wrong(string why) => new($"{file} is no {shape.Name}: {why}. {shape.Advice}");
}
