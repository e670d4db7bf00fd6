using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>
/// The objects of a dump, one after the other: of an array (<c>--format json</c>), or one a line (<c>jsonl</c>), packed by gzip or not.
/// However large the file, there is one object in memory.
/// </summary>
internal static class DumpReader
{
    /// <summary>In bytes, of one object. What people write is smaller by far; a table of documents need not be in the dump.</summary>
    private const int LongestObject = 64 * 1024 * 1024;

    private static readonly JsonReaderOptions Wire = new() { AllowMultipleValues = true };

    /// <exception cref="ForeignDataException">there is no such file, or it is no dump from some place on</exception>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await OpenAsync(file, cancellation);
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 128 * 1024, minimumReadSize: 32 * 1024));
        var (state, wanted) = (new JsonReaderState(Wire), 0L);
        for (var isLast = false; !isLast;)
        {
            var (buffer, isComplete) = await FillAsync(pipe, file, wanted, cancellation);
            while (TryTake(ref buffer, ref state, isComplete, file, out var taken))
            {
                yield return taken;
            }
            // What is not whole yet is looked at again when there is twice as much of it, or all of it comes to be read very often.
            (isLast, wanted) = (isComplete, Math.Min(buffer.Length * 2, LongestObject + 1));
            if (buffer.Length > LongestObject)
            {
                throw new ForeignDataException($"{file} has an object of more than {LongestObject / 1024 / 1024} MiB: dump the users and what belongs to them alone.");
            }
            pipe.AdvanceTo(buffer.Start, buffer.End);
        }
        await pipe.CompleteAsync();
    }

    private static async Task<Stream> OpenAsync(string file, CancellationToken cancellation)
    {
        try
        {
            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var start = new byte[3];
            var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
            var (isPacked, isUtf16) = (start is [0x1F, 0x8B, ..], length >= 2 && start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]);
            if (isUtf16)
            {
                await stream.DisposeAsync();
                throw new ForeignDataException($"{file} is UTF-16, as PowerShell's > writes it: let Django write the file itself (manage.py dumpdata -o {Path.GetFileName(file)}).");
            }
            // A byte order mark says nothing: it is UTF-8 in any case.
            stream.Position = start is [0xEF, 0xBB, 0xBF] ? 3 : 0;
            return isPacked ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ForeignDataException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static async Task<(ReadOnlySequence<byte> Buffer, bool IsComplete)> FillAsync(PipeReader pipe, string file, long wanted, CancellationToken cancellation)
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

    /// <summary>The next whole object. What stands before it, the array's bracket and the commas, is read with it.</summary>
    /// <param name="buffer">moved to behind the object; to behind what was read before it where it is not whole</param>
    private static bool TryTake(ref ReadOnlySequence<byte> buffer, ref JsonReaderState state, bool isComplete, string file, out JsonElement taken)
    {
        taken = default;
        try
        {
            var reader = new Utf8JsonReader(buffer, isComplete, state);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray && reader.CurrentDepth == 0)
                {
                    (buffer, state) = (buffer.Slice(reader.BytesConsumed), reader.CurrentState);
                    reader = new Utf8JsonReader(buffer, isComplete, state);
                    continue;
                }
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    throw new ForeignDataException($"{file} is no dump of Django's: an object was looked for where there is {reader.TokenType}. Write it by manage.py dumpdata, as JSON.");
                }
                var start = reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    return false;
                }
                taken = JsonElement.Parse(Bytes(buffer.Slice(start, reader.BytesConsumed - start)));
                (buffer, state) = (buffer.Slice(reader.BytesConsumed), reader.CurrentState);
                return true;
            }
            return false;
        }
        catch (JsonException e)
        {
            throw new ForeignDataException($"{file} is no JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on: was it written to its end? {e.Message}", e);
        }
    }

    private static ReadOnlySpan<byte> Bytes(in ReadOnlySequence<byte> part) => part.IsSingleSegment ? part.FirstSpan : part.ToArray();
}
