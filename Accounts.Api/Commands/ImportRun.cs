using System.CommandLine;
using Accounts.Api.Providers;
using Accounts.Core.Import;
using Accounts.Core.Users;

namespace Accounts.Api.Commands;

/// <summary>What every import has in common, whichever system it is from: its options, its report, its end.</summary>
internal sealed class ImportRun(AtServer at)
{
    /// <summary>It is done, and somebody has to look at the report.</summary>
    private const int HasConflicts = 3;

    /// <summary>Where a system's users lie in a database; of those commands that know one.</summary>
    public static readonly Option<string> Database = new("--database") { Description = "postgres://user:password@host:5432/name, which is only read; the password may stand in PGPASSWORD." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Writes nothing, and reports what would be.", Recursive = true };
    private static readonly Option<string> Roles = new("--roles") { Description = "Which role there is which here: staff=admin,editors=editor. Others give none.", Recursive = true };
    private static readonly Option<string> ReportFile = new("--report") { Description = "Writes the report there and not to standard output.", Recursive = true };
    private static readonly Option<string> Sample = new("--verify-with") { Description = "Imports nothing: a CSV file of identifier,password a line is tried against the hashes there.", Recursive = true };
    private static readonly Option<bool> Trust = new("--trust-addresses") { Description = "Every address counts as verified: of a system that let nobody in before, and did not write it down.", Recursive = true };
    private static readonly Option<bool> Bare = new("--bare-sha256") { Description = "Takes passwords that are hashed by nothing but SHA-256, and asks for new ones at the first sign-in.", Recursive = true };
    private static readonly Option<bool> Suggest = new("--suggest-usernames") { Description = "Usernames that cannot be one here become others, instead of conflicts.", Recursive = true };

    private static readonly Option<bool> Tell = new("--tell") { Description = "Each who comes has an event, and webhooks tell of each; without it of the import as a whole.", Recursive = true };

    public static IEnumerable<Option> Options => [DryRun, Roles, ReportFile, Sample, Trust, Bare, Suggest, Tell];

    /// <param name="command">of one system, with its own arguments and options</param>
    /// <param name="read">makes its reader; may throw <see cref="ForeignDataException"/> and <see cref="CommandRefusedException"/></param>
    public Command Of(Command command, Func<ParseResult, IForeignUsers> read)
    {
        command.SetAction(async (words, cancellation) =>
        {
            var code = 0;
            var failed = await at.DoAsync(words, async services =>
            {
                try
                {
                    var (users, rules) = (read(words), RulesOf(words) with { Issuers = ProviderIssuers.Of(services) });
                    using var held = users as IDisposable;
                    code = words.GetValue(Sample) is { } sample
                        ? await VerifyAsync(words, await HashSample.ReadAsync(sample, cancellation), users, rules, cancellation)
                        : await ImportAsync(words, services.GetRequiredService<UserImport>(), users, rules, cancellation);
                }
                catch (Exception e) when (e is ForeignDataException or ImportRunningException)
                {
                    throw new CommandRefusedException(e.Message);
                }
            });
            return failed != 0 ? failed : code;
        });
        return command;
    }

    private static ImportRules RulesOf(ParseResult words)
    {
        var roles = ImportCommand.Pairs(words.GetValue(Roles), "--roles");
        return RoleNames.TryRead(roles.Values, out _, out var mistake)
            ? new ImportRules
            {
                Roles = roles, DryRun = words.GetValue(DryRun), TrustAddresses = words.GetValue(Trust), BareSha256 = words.GetValue(Bare), SuggestUsernames = words.GetValue(Suggest), Tell = words.GetValue(Tell),
            }
            : throw new CommandRefusedException($"--roles: {mistake}");
    }

    private static async Task<int> ImportAsync(ParseResult words, UserImport import, IForeignUsers users, ImportRules rules, CancellationToken cancellation)
    {
        await using var report = ImportReportWriter.Of(words, words.GetValue(ReportFile));
        var summary = await import.RunAsync(users, rules, new ImportReport(report.WriteAsync, line => words.InvocationConfiguration.Error.WriteLine(line)), cancellation);
        await report.EndAsync(summary, rules);
        return summary[ImportOutcome.Conflict] > 0 ? HasConflicts : 0;
    }

    /// <summary>Of the passwords nothing is printed.</summary>
    private static async Task<int> VerifyAsync(ParseResult words, HashSample sample, IForeignUsers users, ImportRules rules, CancellationToken cancellation)
    {
        var outcome = await sample.VerifyAsync(users, rules, cancellation);
        if (words.IsJson())
        {
            words.Json(new VerifiedSample(outcome.Matching, [.. outcome.Failing]), CommandJson.Default.VerifiedSample);
        }
        else
        {
            words.Line($"{outcome.Matching} of {outcome.Matching + outcome.Failing.Count} passwords match the hashes there.");
            foreach (var line in outcome.Failing)
            {
                words.Line(CommandOutput.Printable(line));
            }
        }
        return outcome.Failing.Count > 0 ? HasConflicts : 0;
    }
}
