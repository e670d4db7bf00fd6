using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Accounts.Core.Import;

namespace Accounts.Api.Commands;

/// <summary>
/// The report of an import, a row a user: CSV, or with <c>--json</c> an object a line; to a file, and else to standard output. Its end goes to standard
/// output where the report does not, so that either is for a program alone.
/// </summary>
internal sealed class ImportReportWriter : IAsyncDisposable
{
    private readonly ParseResult words;
    private readonly TextWriter output;
    private readonly bool isFile;

    private ImportReportWriter(ParseResult words, TextWriter output, bool isFile) => (this.words, this.output, this.isFile) = (words, output, isFile);

    /// <param name="words">of the command</param>
    /// <param name="file">null for standard output</param>
    /// <exception cref="CommandRefusedException">the file cannot be written</exception>
    public static ImportReportWriter Of(ParseResult words, string? file)
    {
        var writer = new ImportReportWriter(words, file is null ? words.InvocationConfiguration.Output : Open(file), file is not null);
        if (!words.IsJson())
        {
            writer.output.WriteLine("outcome,legacy_id,place,why");
        }
        return writer;
    }

    /// <summary>It has addresses in it: nobody else reads it.</summary>
    private static StreamWriter Open(string file)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            return new StreamWriter(file, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException($"{file} cannot be written: {e.Message}");
        }
    }

    public Task WriteAsync(ImportVerdict verdict)
    {
        var outcome = Word(verdict.Outcome);
        return output.WriteLineAsync(words.IsJson()
            ? JsonSerializer.Serialize(new ReportedUser(outcome, verdict.LegacyId, verdict.Place, verdict.Why), ImportJson.Default.ReportedUser)
            : string.Join(',', Field(outcome), Field(verdict.LegacyId), Field(verdict.Place), Field(verdict.Why)));
    }

    public async Task EndAsync(ImportSummary summary, ImportRules rules)
    {
        await output.FlushAsync();
        if (words.IsJson())
        {
            var counts = Enum.GetValues<ImportOutcome>().ToDictionary(Word, outcome => summary[outcome]);
            words.Line(JsonSerializer.Serialize(new ImportedUsers(rules.DryRun, counts, summary.RolesLeftOut), ImportJson.Default.ImportedUsers));
            return;
        }
        var end = isFile ? words.InvocationConfiguration.Output : words.InvocationConfiguration.Error;
        foreach (var line in Lines(summary, rules))
        {
            await end.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(ImportSummary summary, ImportRules rules)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{summary.Read:N0} read{(rules.DryRun ? ", and nothing written" : "")}: {string.Join(", ", Enum.GetValues<ImportOutcome>().Select(outcome => $"{summary[outcome]:N0} {Word(outcome)}"))}.");
        if (summary.RolesLeftOut.Count > 0)
        {
            var names = summary.RolesLeftOut.OrderByDescending(role => role.Value).Take(20).Select(role => $"{role.Key} ({role.Value})");
            yield return CommandOutput.Printable($"Roles that --roles says nothing of, and nobody holds here: {string.Join(", ", names)}.");
        }
        if (summary[ImportOutcome.Conflict] > 0)
        {
            yield return "Conflicts are not imported, or not whole: the report says why. Put right what can be put right there, and run it again.";
        }
    }

    private static string Word(ImportOutcome outcome) => outcome.ToString().ToLowerInvariant();

    /// <summary>A spreadsheet would compute what begins like a formula, and strangers have chosen it.</summary>
    private static string Field(string text)
    {
        var shown = CommandOutput.Printable(text);
        var inert = shown is ['=' or '+' or '@' or '-', ..] && !long.TryParse(shown, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? $"'{shown}" : shown;
        return inert.AsSpan().ContainsAny(",\"") ? $"\"{inert.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : inert;
    }

    /// <summary>Where it is cut off, what was told is there.</summary>
    public async ValueTask DisposeAsync()
    {
        await output.FlushAsync();
        if (isFile)
        {
            await output.DisposeAsync();
        }
    }
}

internal sealed record ReportedUser(string Outcome, string LegacyId, string Place, string Why);

internal sealed record ImportedUsers(bool DryRun, Dictionary<string, long> Counts, Dictionary<string, long> RolesLeftOut);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReportedUser))]
[JsonSerializable(typeof(ImportedUsers))]
internal sealed partial class ImportJson : JsonSerializerContext;
