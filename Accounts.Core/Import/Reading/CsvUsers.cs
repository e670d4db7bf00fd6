using System.Runtime.CompilerServices;
using System.Text;

namespace Accounts.Core.Import.Reading;

/// <summary>Users in a CSV file whose first line names the columns.</summary>
/// <param name="name">of the system</param>
/// <param name="file">its path</param>
/// <param name="said">which column is what, where their names do not tell</param>
public sealed class CsvUsers(string name, string file, IReadOnlyDictionary<string, string> said) : IForeignUsers
{
    public string Name => name;

    public async IAsyncEnumerable<ForeignUser> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        ColumnMap? map = null;
        await foreach (var (row, problem) in CsvTable.ReadAsync(file, columns => map = ColumnMap.Of(said, columns), cancellation))
        {
            yield return problem is null ? map!.Read(row) : new ForeignUser { LegacyId = "", Place = row.Place, Problem = problem };
        }
    }
}

/// <summary>A CSV file as a table.</summary>
internal static class CsvTable
{
    /// <param name="file">its path</param>
    /// <param name="begin">hears which columns there are</param>
    /// <param name="cancellation">ends it</param>
    /// <returns>each row, or why it cannot be read</returns>
    /// <exception cref="ForeignDataException">there is no such file, no column in it, or two of one name</exception>
    public static async IAsyncEnumerable<(ForeignRow Row, string? Problem)> ReadAsync(string file, Action<string[]> begin, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // What is no UTF-8 is told of its row: U+FFFD stands for it.
        using var reader = new StreamReader(ForeignFile.Open(file), Encoding.UTF8);
        string[]? columns = null;
        var index = new Dictionary<string, int>();
        await foreach (var record in new CsvRecords(reader).ReadAsync(cancellation))
        {
            if (columns is null)
            {
                columns = record.Problem is null ? [.. record.Fields.Select(field => field.Trim())] : throw new ForeignDataException($"{file}: the first line must name the columns. {record.Problem}");
                Demand(file, columns);
                begin(columns);
                index = columns.Select((column, i) => (column, i)).DistinctBy(column => column.column).ToDictionary(column => column.column, column => column.i);
                continue;
            }
            var fields = record.Fields;
            var problem = record.Problem ?? (fields.Length == columns.Length ? null : $"It has {fields.Length} fields, and the first line names {columns.Length}.");
            yield return (new ForeignRow(record.Place, column => problem is null && index.TryGetValue(column, out var i) ? fields[i] : null), problem);
        }
        if (columns is null)
        {
            throw new ForeignDataException($"{file} is empty.");
        }
    }

    /// <summary>Of two with one name nobody knows which is meant. Those without any are nobody's.</summary>
    private static void Demand(string file, string[] columns)
    {
        if (columns.Where(column => column.Length > 0).GroupBy(column => column, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ForeignDataException($"{file} has {twice.Count()} columns that are called {string.Join(" and ", twice.Distinct(StringComparer.Ordinal).Select(ImportText.Shown))}: leave one of them, or give the others another name.");
        }
    }
}
