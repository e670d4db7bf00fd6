using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>The steps of an operator.</summary>
internal static partial class CommandSteps
{
    public const string Made = "is an administrator’s now";

    /// <summary>The token of the link that is printed.</summary>
    public static async Task<string> CreateAdminAsync(this TestServer server, string email)
    {
        var run = await server.CommandAsync("create-admin", email);
        Assert.True((run.ExitCode, run.Errors) == (0, ""), run.ToString());
        return TokenOf(run.Output);
    }

    public static string TokenOf(string output) => Token().Match(output).Groups[1].Value;

    public static async Task<CommandRun> DoneAsync(this TestServer server, params string[] words)
    {
        var run = await server.CommandAsync(words);
        Assert.True((run.ExitCode, run.Errors) == (0, ""), run.ToString());
        return run;
    }

    /// <summary>It has done nothing, and says why in one sentence.</summary>
    public static void AssertRefused(this CommandRun run, string sentence) => Assert.Equal(new CommandRun(1, "", $"{sentence}\n"), run);

    [GeneratedRegex(@"/reset-password#token=([A-Za-z0-9_-]{43})\b")]
    private static partial Regex Token();
}
