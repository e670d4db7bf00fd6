using System.Runtime.CompilerServices;

namespace Accounts.Core.Import.Reading;

/// <summary>Users in a table of another system's PostgreSQL.</summary>
/// <param name="name">of the system</param>
/// <param name="database">that it lies in</param>
/// <param name="table">its name, with its schema where that is not <c>public</c></param>
/// <param name="said">which column is what, where their names do not tell</param>
public sealed class TableUsers(string name, ForeignDatabase database, string table, IReadOnlyDictionary<string, string> said) : IForeignUsers
{
    public string Name => name;

    public async IAsyncEnumerable<ForeignUser> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var quoted = string.Join('.', table.Split('.').Select(Quoted));
        var columns = await database.ColumnsAsync(quoted, cancellation);
        if (columns.Length == 0)
        {
            throw new ForeignDataException($"There is no table {table}: say --table SCHEMA.NAME.");
        }
        var map = ColumnMap.Of(said, columns);
        var query = $"SELECT {string.Join(", ", map.Columns.Select(column => $"{Quoted(column)}::text AS {Quoted(column)}"))} FROM {quoted}";
        await foreach (var row in database.ReadAsync(query, cancellation))
        {
            var user = map.Read(new ForeignRow(table, column => row.GetValueOrDefault(column)));
            yield return user with { Place = $"{table} {user.LegacyId}" };
        }
    }

    private static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
