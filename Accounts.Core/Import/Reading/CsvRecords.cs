using System.Runtime.CompilerServices;
using System.Text;

namespace Accounts.Core.Import.Reading;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">that it begins in, from 1 on</param>
/// <param name="Last">that it ends in: another where a field has line breaks in it, or a quotation mark was not closed</param>
/// <param name="Fields">of which there are none where there is a problem</param>
/// <param name="Problem">why it cannot be read, a sentence; null for nothing</param>
public sealed record CsvRecord(long Line, long Last, string[] Fields, string? Problem)
{
    /// <summary>For the report: all lines, so that whoever was lost in them is found.</summary>
    public string Place => Last > Line ? $"lines {Line} to {Last}" : $"line {Line}";
}

/// <summary>
/// Reads CSV (RFC 4180) record by record. One that is broken, or longer than any user's, is a problem of its own line, and the next one is read;
/// none takes more memory than <see cref="Longest"/>.
/// </summary>
public sealed class CsvRecords(TextReader reader)
{
    /// <summary>Characters of a record.</summary>
    public const int Longest = 1 << 20;

    private readonly char[] buffer = new char[1 << 14];
    private readonly StringBuilder field = new();
    private readonly List<string> fields = [];
    private int at, filled;
    private long line = 1;
    private bool isLineBegun;
    private char separator = ',';

    /// <summary>The first record, which names the columns, decides between commas, semicolons and tabs.</summary>
    public async IAsyncEnumerable<CsvRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await FillAsync(cancellation);
        var head = new string(buffer, 0, filled).Split('\n')[0];
        separator = ",;\t".MaxBy(c => head.Count(other => other == c));
        while (await RecordAsync(cancellation) is { } record)
        {
            if (record.Problem is not null || record.Fields is not [""])
            {
                yield return record;
            }
        }
    }

    /// <summary>Null at the end.</summary>
    private async Task<CsvRecord?> RecordAsync(CancellationToken cancellation)
    {
        if (await PeekAsync(cancellation) is null)
        {
            return null;
        }
        fields.Clear();
        field.Clear();
        var (begin, length, quoted, closed) = (line, 0, false, false);
        while (await PeekAsync(cancellation) is { } c)
        {
            Take(c);
            if (++length > Longest)
            {
                return await SkipAsync(begin, c, $"It is longer than {Longest} characters, or has a quotation mark that is not closed.", cancellation);
            }
            if (quoted && c == '"')
            {
                (quoted, closed) = (false, true);
            }
            else if (quoted)
            {
                field.Append(c);
            }
            else if (c == '"' && closed)
            {
                // Two of them, which are one.
                field.Append('"');
                (quoted, closed) = (true, false);
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator)
            {
                closed = EndField();
            }
            else if (c == '\n')
            {
                return End(begin);
            }
            else if (c != '\r' || await PeekAsync(cancellation) is not '\n')
            {
                if (closed)
                {
                    return await SkipAsync(begin, c, "Something stands after a closing quotation mark.", cancellation);
                }
                field.Append(c);
            }
        }
        return quoted ? new CsvRecord(begin, Last, [], "Its quotation mark is not closed.") : End(begin);
    }

    /// <summary>The line of what was taken last.</summary>
    private long Last => isLineBegun ? line : line - 1;

    private void Take(char c)
    {
        at++;
        isLineBegun = c != '\n';
        line += isLineBegun ? 0 : 1;
    }

    private bool EndField()
    {
        fields.Add(field.ToString());
        field.Clear();
        return false;
    }

    private CsvRecord End(long begin)
    {
        EndField();
        return new CsvRecord(begin, Last, [.. fields], null);
    }

    /// <summary>To the end of the line.</summary>
    private async Task<CsvRecord> SkipAsync(long begin, char last, string problem, CancellationToken cancellation)
    {
        for (var c = last; c != '\n' && await PeekAsync(cancellation) is { } next; c = next)
        {
            Take(next);
        }
        return new CsvRecord(begin, Last, [], problem);
    }

    /// <summary>Nearly always it is there: of a million users a task for each character would cost more than all the rest.</summary>
    private ValueTask<char?> PeekAsync(CancellationToken cancellation) => at < filled ? new ValueTask<char?>(buffer[at]) : NextAsync(cancellation);

    /// <summary>Null at the end.</summary>
    private async ValueTask<char?> NextAsync(CancellationToken cancellation)
    {
        await FillAsync(cancellation);
        return at < filled ? buffer[at] : null;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        if (at == filled)
        {
            (at, filled) = (0, await reader.ReadAsync(buffer, cancellation));
        }
    }
}
