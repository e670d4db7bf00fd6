using System.Runtime.CompilerServices;
using Accounts.Core.Import.Reading;

namespace Accounts.Core.Import.Django;

/// <summary>
/// The users of a dump (<c>manage.py dumpdata</c>). The rows of a user may stand anywhere in it, so that it is read through once, into
/// temporary files of which one after the other fits into memory: they need as much room as the dump (<c>TMPDIR</c> says where).
/// </summary>
public sealed class DjangoDump(string file, DjangoProject project) : IForeignUsers, IDisposable
{
    private const int PartSize = 8 * 1024 * 1024, MostParts = 256, Unpacked = 10;

    private static readonly JsonShape Shape = new("dump of Django's", "Let Django write it, with the users and what belongs to them: manage.py dumpdata -o dump.json.");

    private DumpedRows? rows;

    public string Name => "django";

    public async IAsyncEnumerable<ForeignUser> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        rows ??= await SortAsync(cancellation);
        foreach (var row in rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return DjangoUser.Of(row, project);
        }
    }

    private async Task<DumpedRows> SortAsync(CancellationToken cancellation)
    {
        var sorted = new DumpedRows(project, Parts());
        try
        {
            var number = 0L;
            await foreach (var whole in new JsonObjects(file, Shape).ReadAsync(cancellation))
            {
                sorted.Add(DumpObject.Of(whole, ++number));
            }
            sorted.Complete();
            return sorted;
        }
        catch (InvalidOperationException e)
        {
            sorted.Dispose();
            throw new ForeignDataException($"{file} has a key or name that is not valid UTF-8.", e);
        }
        catch
        {
            sorted.Dispose();
            throw;
        }
    }

    private int Parts()
    {
        var size = File.Exists(file) ? new FileInfo(file).Length : 0;
        return (int)Math.Clamp(size * (file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Unpacked : 1) / PartSize, 1, MostParts);
    }

    public void Dispose() => rows?.Dispose();
}
