using System.Globalization;
using System.Text;

namespace Accounts.Tests.Http.Recordings;

/// <summary>What a replay has found, and its figures as Markdown.</summary>
public sealed class ReplayReport
{
    private readonly Dictionary<string, int> uses = DeliberateDifferences.All.ToDictionary(difference => difference.Name, _ => 0);
    private readonly List<string> leftOut = [];

    public List<string> Failures { get; } = [];

    public int Equal { get; private set; }

    public int Different { get; private set; }

    /// <summary>Of those that differ.</summary>
    public int OnlyByCode { get; private set; }

    public IReadOnlyCollection<string> LeftOut => leftOut;

    public IEnumerable<string> UnusedDifferences => uses.Where(use => use.Value == 0).Select(use => use.Key);

    public void LeaveOut(Recording row) => leftOut.Add(row.Title);

    /// <summary>Holds our answer against the recorded one, as far as no difference says otherwise.</summary>
    public void Compare(Recording row, Reply actual)
    {
        var (expected, differences) = Expect(row);
        Failures.AddRange(expected.DifferencesTo(actual).Select(found => $"{row.Title}: {found} [{string.Join("; ", differences)}]"));
        if (differences.Count == 0)
        {
            Equal++;
            return;
        }
        Different++;
        OnlyByCode += differences is [DeliberateDifferences.Code] ? 1 : 0;
        differences.ForEach(name => uses[name]++);
    }

    private (Reply Expected, List<string> Differences) Expect(Recording row)
    {
        var (expected, applied) = (row.Recorded, new List<string>());
        foreach (var difference in DeliberateDifferences.All.Where(difference => difference.Applies(row, expected)))
        {
            var recorded = expected;
            expected = difference.Instead(row, recorded);
            applied.Add(difference.Name);
            if (!recorded.DifferencesTo(expected).Any())
            {
                Failures.Add($"{row.Title}: \"{difference.Name}\" makes no difference");
            }
            if (difference.IsWhole)
            {
                break;
            }
        }
        return (expected, applied);
    }

    public override string ToString()
    {
        var text = new StringBuilder($"{Equal} answers are equal, {Different} differ as they are meant to ({OnlyByCode} of them by the code beside the detail alone), {leftOut.Count} are of routes that do not exist.\n\n");
        text.Append("| deliberate difference | answers |\n|---|---|\n");
        foreach (var (name, count) in uses)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {count} |\n");
        }
        return text.ToString();
    }
}
