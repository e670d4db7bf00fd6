using System.Runtime.CompilerServices;
using System.Text.Json;
using Accounts.Core.Import.Reading;

namespace Accounts.Core.Import.Django;

/// <summary>The users of a Django project, out of its PostgreSQL. It may go on meanwhile: nothing is locked or written.</summary>
/// <param name="database">the project's; the right to read it is enough</param>
/// <param name="project">what it is called there</param>
public sealed class DjangoDatabase(ForeignDatabase database, DjangoProject project) : IForeignUsers
{
    public string Name => "django";

    public async IAsyncEnumerable<ForeignUser> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var tables = await DjangoTables.FindAsync(database, project, cancellation);
        await foreach (var row in database.ReadAsync(tables.Query, cancellation))
        {
            var user = new DjangoRow(tables.Users, row["key"]!, JsonElement.Parse(row["fields"]!))
            {
                Addresses = Rows(row["addresses"]!),
                Identities = Rows(row["identities"]!),
                Groups = [.. Rows(row["groups"]!).Select(name => name.GetString()).OfType<string>()],
            };
            yield return DjangoUser.Of(user, project);
        }
    }

    private static List<JsonElement> Rows(string json) => [.. JsonElement.Parse(json).EnumerateArray()];
}
