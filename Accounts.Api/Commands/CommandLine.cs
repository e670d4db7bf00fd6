using System.CommandLine;

namespace Accounts.Api.Commands;

/// <summary>Does something with a server that is built and prepared, and does not serve.</summary>
/// <returns>the process's exit code</returns>
public delegate Task<int> AtServer(Func<AccountsServer, Task<int>> act);

/// <summary>What the program does instead of serving, where it is given words. A server that is given none does not even load the parser.</summary>
public static class CommandLine
{
    private const int NotUnderstood = 2;

    private static readonly string[] Questions = ["--help", "-h", "-?", "/h", "/?", "--version"];

    /// <summary>A key's id may begin with a hyphen, or look like anything else that parsers make something of.</summary>
    private static readonly ParserConfiguration ToTheLetter = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Words that mean nothing are told, with what would, before the database is touched.</summary>
    /// <param name="words">the command</param>
    /// <param name="at">acts at a server that is built and prepared</param>
    /// <param name="unprepared">acts at one whose settings and database nobody has looked at yet</param>
    /// <param name="output">in place of standard output</param>
    /// <param name="error">in place of standard error</param>
    /// <returns>the process's exit code</returns>
    public static async Task<int> RunAsync(string[] words, AtServer at, AtServer unprepared, TextWriter? output = null, TextWriter? error = null)
    {
        var root = new RootCommand("The identity server Accounts. Without a command it serves. Settings are environment variables, or arguments such as --urls=http://localhost:8000.")
        {
            CheckCommand.Make(unprepared),
            CreateAdminCommand.Make(at),
            EventsCommand.Make(at),
            ImportCommand.Make(at),
            KeysCommand.Make(at),
            MailCommand.Make(at),
            MigrateCommand.Make(at),
            RestoreModeCommand.Make(at),
            UsersCommand.Make(at),
            WebhooksCommand.Make(at),
        };
        root.Options.Add(CommandOutput.JsonOption);
        var parsed = Parse(root, words);
        var understood = parsed.Errors.Count == 0;
        var code = await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = understood ? output ?? Console.Out : error ?? Console.Error,
            Error = error ?? Console.Error,
            EnableDefaultExceptionHandler = false,
            // Ctrl+C ends it at once: what it changes is one transaction.
            ProcessTerminationTimeout = null,
        });
        return understood ? code : NotUnderstood;
    }

    /// <summary>A question is answered whatever stands beside it, and as if that were understood: what is not is told instead.</summary>
    private static ParseResult Parse(RootCommand root, string[] words)
    {
        var parsed = root.Parse(words, ToTheLetter);
        return parsed.UnmatchedTokens.Count == 0 ? parsed : root.Parse([.. words.Where(word => !Questions.Contains(word))], ToTheLetter);
    }
}
