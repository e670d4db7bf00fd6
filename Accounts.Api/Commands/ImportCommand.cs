using System.CommandLine;
using Accounts.Core.Import;
using Accounts.Core.Import.Reading;

namespace Accounts.Api.Commands;

/// <summary><c>import django|csv|werkzeug|firebase|supabase</c>: brings the users of another system over. docs/importing.md has its rules.</summary>
internal sealed class ImportCommand
{
    private readonly Argument<string?> optionalFile = new("FILE") { Description = "The file; without it, say --database.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> map = new("--map") { Description = $"Which column is what, such as email=mail,is_active=!disabled,roles=is_admin+is_staff. Fields: {string.Join(", ", ColumnMap.Fields)}." };
    private readonly Option<string> table = new("--table") { Description = "The table, with its schema where that is not public.", DefaultValueFactory = _ => "user" };
    private readonly Option<string> hashConfig = new("--hash-config") { Description = "A file with the password hash parameters of the Firebase console." };

    public static Command Make(AtServer at)
    {
        var run = new ImportRun(at);
        var command = new Command("import", "Brings the users of another system over, and, run again, what has changed of them there. Ends with 3 where there were conflicts.");
        foreach (var option in ImportRun.Options)
        {
            command.Options.Add(option);
        }
        var import = new ImportCommand();
        command.Subcommands.Add(ImportDjangoCommand.Make(run));
        command.Subcommands.Add(import.Csv(run));
        command.Subcommands.Add(import.Werkzeug(run));
        command.Subcommands.Add(import.Firebase(run));
        command.Subcommands.Add(import.Supabase(run));
        return command;
    }

    private Command Csv(ImportRun run)
    {
        var file = File("A CSV file whose first line names the columns.");
        return run.Of(new Command("csv", "From a CSV file.") { file, map }, words => new CsvUsers("csv", words.GetRequiredValue(file), Columns(words)));
    }

    private Command Werkzeug(ImportRun run) => run.Of(
        new Command("werkzeug", "From the table of a Flask app (Flask-SQLAlchemy, Flask-Login), as a CSV file or in a PostgreSQL.") { optionalFile, ImportRun.Database, table, map },
        words => Either(
            words, file => new CsvUsers("werkzeug", file, Columns(words)),
            database => new TableUsers("werkzeug", database, words.GetRequiredValue(table), Columns(words))));

    private Command Firebase(ImportRun run)
    {
        var file = File("What firebase auth:export users.json has written.");
        return run.Of(new Command("firebase", "From Firebase Authentication.") { file, hashConfig }, words => new FirebaseUsers(
            words.GetRequiredValue(file), words.GetValue(hashConfig) is { } config ? FirebaseHashConfig.Read(config) : null));
    }

    private Command Supabase(ImportRun run) => run.Of(
        new Command("supabase", "From Supabase Auth: its database, or a CSV file of auth.users.") { optionalFile, ImportRun.Database },
        words => Either(words, SupabaseUsers.Of, SupabaseUsers.Of));

    private IForeignUsers Either(ParseResult words, Func<string, IForeignUsers> ofFile, Func<ForeignDatabase, IForeignUsers> ofDatabase) =>
        (words.GetValue(optionalFile), words.GetValue(ImportRun.Database)) switch
        {
            ({ } file, null) => ofFile(file),
            (null, { } database) => ofDatabase(ForeignDatabase.At(database)),
            _ => throw new CommandRefusedException("Name a file, or say --database; one of the two."),
        };

    private Dictionary<string, string> Columns(ParseResult words) => Fields(words.GetValue(map), ColumnMap.Fields);

    /// <summary>What <c>--map</c> says.</summary>
    /// <param name="text">of the option</param>
    /// <param name="known">the fields there are</param>
    /// <exception cref="CommandRefusedException">it is nothing of the kind, or names a field that is none</exception>
    internal static Dictionary<string, string> Fields(string? text, IReadOnlyCollection<string> known)
    {
        var fields = Pairs(text, "--map");
        return fields.Keys.FirstOrDefault(field => !known.Contains(field)) is { } unknown
            ? throw new CommandRefusedException($"--map: {unknown} is none of {string.Join(", ", known.Order(StringComparer.Ordinal))}.")
            : fields;
    }

    private static Argument<string> File(string description) => new("FILE") { Description = description };

    /// <summary><c>a=b,c=d</c>.</summary>
    /// <exception cref="CommandRefusedException">it is nothing of the kind</exception>
    internal static Dictionary<string, string> Pairs(string? text, string option)
    {
        var pairs = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToList();
        return pairs.Find(pair => pair is not [{ Length: > 0 }, { Length: > 0 }]) is { } wrong
            ? throw new CommandRefusedException($"{option}: \"{string.Join('=', wrong)}\" is no NAME=VALUE.")
            : pairs.DistinctBy(pair => pair[0]).Count() < pairs.Count ? throw new CommandRefusedException($"{option} says something twice.")
            : pairs.ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
