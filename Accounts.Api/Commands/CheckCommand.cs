using System.CommandLine;
using Accounts.Api.Admin;
using Accounts.Api.Hosting;
using Accounts.Core.Checkup;
using Accounts.Core.Failures;

namespace Accounts.Api.Commands;

/// <summary><c>check</c>, the doctor: reads the settings, tries what they name, changes nothing, and says what is wrong and what to write where.</summary>
public static class CheckCommand
{
    private const string Settings = "settings";

    private static readonly Finding WellSet = new(Settings, FindingLevel.Ok, "Every setting is known and can be read.");

    public static Command Make(AtServer unprepared)
    {
        var command = new Command("check", "Reads the settings, tries what they name (database, mail, proxy, providers), and says what is wrong. Changes nothing; ends with 1 where there is a problem.");
        command.SetAction(async (words, cancellation) => Print(await FindAsync(unprepared, cancellation), words));
        return command;
    }

    /// <summary>What cannot even be built is told like what is tried.</summary>
    public static async Task<IReadOnlyList<Finding>> FindAsync(AtServer unprepared, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        try
        {
            await unprepared(async server =>
            {
                findings.AddRange(await FindAsync(server, cancellation));
                return 0;
            });
        }
        catch (StartupException e)
        {
            findings.AddRange(Problems(e.Message.Split('\n')));
        }
        return findings;
    }

    /// <summary>By settings that say nothing nothing can be tried.</summary>
    private static async Task<IEnumerable<Finding>> FindAsync(AccountsServer server, CancellationToken cancellation) =>
        SettingsInspection.Mistakes(server.App) is { Count: > 0 } mistakes
            ? Problems(mistakes)
            : [WellSet, .. await server.App.Services.GetRequiredService<ServerCheckup>().RunAsync(cancellation)];

    private static IEnumerable<Finding> Problems(IEnumerable<string> mistakes) => mistakes.Select(mistake => new Finding(Settings, FindingLevel.Problem, mistake));

    private static int Print(IReadOnlyList<Finding> findings, ParseResult words)
    {
        var isWell = findings.All(finding => finding.Level != FindingLevel.Problem);
        if (words.IsJson())
        {
            words.Json(CheckResponse.Of(findings), CommandJson.Default.CheckResponse);
        }
        else
        {
            foreach (var finding in findings)
            {
                words.Line($"{(finding.Level == FindingLevel.Problem ? "PROBLEM" : finding.Level.Word()),-8} {finding.Check,-12} {finding.Text}");
            }
        }
        return isWell ? 0 : 1;
    }
}
