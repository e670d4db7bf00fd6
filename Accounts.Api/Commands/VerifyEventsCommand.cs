using System.CommandLine;
using Accounts.Core.History;

namespace Accounts.Api.Commands;

/// <summary><c>events verify</c>: whether the events are the ones that were recorded, all of them and in their order.</summary>
internal sealed class VerifyEventsCommand
{
    private readonly Option<string> head = new("--head") { Description = "A head that was kept elsewhere, as the log has it: whether the history still has in it what it had then." };

    public static Command Make(AtServer at) => new VerifyEventsCommand().MakeVerify(at);

    private Command MakeVerify(AtServer at)
    {
        var verify = new Command("verify", "Goes through all events and names what was changed, removed or added since they were recorded. Changes nothing; ends with 1 where something is wrong.") { head };
        verify.SetAction((words, cancellation) => at.DoAsync(words, services => VerifyAsync(services, words, cancellation)));
        return verify;
    }

    private async Task VerifyAsync(IServiceProvider services, ParseResult words, CancellationToken cancellation)
    {
        var report = await services.GetRequiredService<HistoryVerification>().VerifyAsync(words.GetValue(head)?.Trim(), cancellation);
        if (words.IsJson())
        {
            words.Json(
                new VerifiedHistory(
                    report.IsWhole, report.Begins?.Number, report.End, report.Signed?.Number, report.Signed?.At.UtcDateTime, report.Events, report.Erased, report.Wrong, report.Findings),
                CommandJson.Default.VerifiedHistory);
        }
        else
        {
            Print(report, words);
        }
        if (!report.IsWhole)
        {
            throw new CommandRefusedException("The history of events is not whole.");
        }
    }

    private static void Print(HistoryReport report, ParseResult words)
    {
        foreach (var finding in report.Findings)
        {
            words.Line($"PROBLEM  {finding.Text}");
        }
        if (report.Wrong > report.Findings.Count)
        {
            words.Line($"PROBLEM  And {report.Wrong - report.Findings.Count} more.");
        }
        words.Line($"{report.Events} events up to {report.End} were gone through{(report.Erased > 0 ? $"; {report.Erased} lack what went with people who were erased" : "")}.");
        words.Line(report.Begins is { } begins ? $"What is kept begins after {begins.Number}, by the head of {HistoryFinding.Time(begins)}." : "No head says where it begins: a server signs one at its start.");
        words.Line(report.Signed is { } signed ? $"It is signed up to {signed.Number}, at {HistoryFinding.Time(signed)}; what came later is held by nothing but itself." : "Nothing is signed.");
        if (report.Restored is { } restored)
        {
            words.Line($"A backup was put back at {CommandOutput.Time(restored.UtcDateTime)}: what was recorded and signed after it was made, and before that, is not in the history.");
        }
        if (report.IsWhole && report.Given is { } given)
        {
            words.Line($"It has in it what it had when {given.Number} was signed, at {HistoryFinding.Time(given)}.");
        }
    }
}
