using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

/// <summary><c>docs/threat-model.md</c> promises nothing that no test holds, and has a place for every requirement that one does.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string Page = Repository.Read("docs/threat-model.md");

    private static readonly (string Id, string[] Tests)[] Promises =
        [.. Promise().Matches(Page).Select(row => (row.Groups[1].Value, row.Groups[2].Value.Split(", ").Select(test => test.Trim('`')).ToArray()))];

    private static readonly (string Class, string Name)[] Tests =
        [.. typeof(ThreatModelTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true)).Select(method => (method.DeclaringType!.Name, method.Name))];

    [Fact]
    public void Every_promise_is_held_by_tests_that_there_are()
    {
        Assert.NotEmpty(Promises);
        Assert.Empty(Promises.SelectMany(promise => promise.Tests.Where(test => !IsThere(test)).Select(test => $"{promise.Id}: no test is {test}")));
    }

    [Theory]
    [InlineData("SE_04_*", true), InlineData("ThreatModelTests", true), InlineData(nameof(Every_promise_is_held_by_tests_that_there_are), true)]
    [InlineData("SE_99_*", false), InlineData("*", false), InlineData("SE_*", false), InlineData("NoSuchTests", false), InlineData("", false)]
    public void A_pattern_names_one_requirement_that_has_tests_or_a_class_or_a_test(string pattern, bool isThere) => Assert.Equal(isThere, IsThere(pattern));

    [Fact]
    public void Every_attackers_promises_are_numbered_from_one_and_each_number_is_there_once()
    {
        foreach (var attacker in Promises.GroupBy(promise => promise.Id[0]))
        {
            Assert.Equal(Enumerable.Range(1, attacker.Count()).Select(number => $"{attacker.Key}{number}"), attacker.Select(promise => promise.Id));
        }
    }

    /// <summary>A row that is not read would be a promise that nothing holds.</summary>
    [Fact]
    public void Every_row_below_the_head_of_a_table_of_promises_is_one()
    {
        var tables = Table().Matches(Page);
        Assert.NotEmpty(tables);
        Assert.Equal(tables.Sum(table => table.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length), Promises.Length);
        Assert.Equal(Heads().Count(Page), tables.Count);
    }

    [Fact]
    public void Every_requirement_that_tests_prove_has_its_place_among_the_promises()
    {
        var proven = Tests.Select(test => Requirement().Match(test.Name)).Where(match => match.Success).Select(match => $"{match.Value}*").Distinct();
        Assert.Empty(proven.Except(Promises.SelectMany(promise => promise.Tests)).Order(StringComparer.Ordinal));
    }

    private static bool IsThere(string pattern) => OneRequirement().IsMatch(pattern)
        ? Tests.Any(test => test.Name.StartsWith(pattern[..^1], StringComparison.Ordinal))
        : Tests.Any(test => test.Name == pattern || test.Class == pattern);

    [GeneratedRegex(@"^\| ([A-Z]\d+) \|.+\| (`[^|]+`) \|$", RegexOptions.Multiline)]
    private static partial Regex Promise();

    [GeneratedRegex(@"^\| \| promise \| held by \|\n\|---\|---\|---\|\n((?:\|.*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex("promise \\| held by")]
    private static partial Regex Heads();

    [GeneratedRegex(@"^[A-Z]{2}_\d\d_")]
    private static partial Regex Requirement();

    [GeneratedRegex(@"^[A-Z]{2}_\d\d_\*$")]
    private static partial Regex OneRequirement();
}
