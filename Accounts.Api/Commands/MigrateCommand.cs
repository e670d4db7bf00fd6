using System.CommandLine;

namespace Accounts.Api.Commands;

/// <summary><c>migrate</c>: brings the database to this version's schema, and ends. Every start does the same.</summary>
public static class MigrateCommand
{
    public static Command Make(AtServer at)
    {
        var command = new Command("migrate", "Brings the database to this version's schema, as every start does: for a job that runs before the servers start.");
        command.SetAction((words, _) => at(_ =>
        {
            if (words.IsJson())
            {
                words.Json(new Migrated(true), CommandJson.Default.Migrated);
            }
            else
            {
                words.Line("The database has this version's schema.");
            }
            return Task.FromResult(0);
        }));
        return command;
    }
}
