using System.CommandLine;
using Accounts.Core.Import;
using Accounts.Core.Import.Django;
using Accounts.Core.Import.Reading;

namespace Accounts.Api.Commands;

/// <summary><c>import django</c>: the users of a Django project, out of a dump or out of its database. docs/coming-from-django.md has the afternoon.</summary>
internal sealed class ImportDjangoCommand
{
    private readonly Argument<string?> dump = new("DUMP.json")
    {
        Description = "What manage.py dumpdata has written, as json or jsonl, packed by gzip or not; without it, say --database.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> model = new("--user-model") { Description = "AUTH_USER_MODEL, such as accounts.User, where a dump has several models that look like users." };
    private readonly Option<string> table = new("--user-table") { Description = "The users' table, where a database has several that look like it." };
    private readonly Option<string> map = new("--map") { Description = $"What the model calls its fields, such as email=mail,email_verified=is_confirmed. Known are {string.Join(", ", DjangoProject.Words.Keys.Order(StringComparer.Ordinal))}." };
    private readonly Option<string> providers = new("--provider") { Description = "What identity providers are called there and here, where that differs: corp-sso=corp." };
    private readonly Option<string> zone = new("--time-zone") { Description = "TIME_ZONE, where USE_TZ is off: what times without a zone are of. UTC unless said." };

    public static Command Make(ImportRun run)
    {
        var import = new ImportDjangoCommand();
        return run.Of(
            new Command("django", "From a Django project, with the tables of allauth and social-auth where it has them.") { import.dump, ImportRun.Database, import.model, import.table, import.map, import.providers, import.zone },
            import.Read);
    }

    private IForeignUsers Read(ParseResult words)
    {
        var project = new DjangoProject
        {
            UserModel = words.GetValue(model)?.ToLowerInvariant(),
            UserTable = words.GetValue(table),
            Fields = ImportCommand.Fields(words.GetValue(map), DjangoProject.Words.Keys),
            Providers = ImportCommand.Pairs(words.GetValue(providers), "--provider"),
            Zone = Zone(words.GetValue(zone)),
        };
        return (words.GetValue(dump), words.GetValue(ImportRun.Database)) switch
        {
            ({ } file, null) => new DjangoDump(file, project),
            (null, { } database) => new DjangoDatabase(ForeignDatabase.At(database), project),
            _ => throw new CommandRefusedException("Name a dump, or say --database; one of the two."),
        };
    }

    private static TimeZoneInfo Zone(string? name)
    {
        try
        {
            return name is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new CommandRefusedException($"--time-zone: {name} is no time zone; write one like Europe/Berlin.");
        }
    }
}
