using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

/// <summary><c>docs/security.md</c> promises what tests prove, and all of it.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string[] Proven =
        [.. typeof(SecurityPageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(method => Prefix().Match(method.Name)).Where(match => match.Success).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static readonly (string Id, string Test)[] Rows =
        [.. Row().Matches(Repository.Read("docs/security.md")).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [Fact]
    public void Every_row_names_the_tests_of_its_own_requirement_once()
    {
        Assert.NotEmpty(Rows);
        Assert.All(Rows, row => Assert.Equal($"`{row.Id.Replace('-', '_')}_*`", row.Test));
        Assert.Equal(Rows.Select(row => row.Id).Distinct(), Rows.Select(row => row.Id));
    }

    [Fact]
    public void Every_requirement_of_the_table_has_a_test() => Assert.Empty(Rows.Select(row => TestPrefix(row.Id)).Except(Proven));

    [Fact]
    public void Every_requirement_that_a_test_proves_is_in_the_table() => Assert.Empty(Proven.Except(Rows.Select(row => TestPrefix(row.Id))));

    [Fact]
    public void Every_scenario_names_the_classes_that_play_it_and_all_of_them()
    {
        var played = typeof(SecurityPageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(method => (Number: Scenario().Match(method.Name).Groups[1].Value, method.DeclaringType!.Name)).Where(test => test.Number.Length > 0)
            .Select(test => $"{test.Number} {test.Name}").Distinct().Order(StringComparer.Ordinal);
        var named = ScenarioRow().Matches(Repository.Read("docs/security.md"))
            .SelectMany(row => row.Groups[2].Value.Split(", ").Select(name => $"{row.Groups[1].Value} {name.Trim('`')}")).Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(named);
        Assert.Equal(played, named);
    }

    private static string TestPrefix(string id) => $"{id.Replace('-', '_')}_";

    [GeneratedRegex(@"^[A-Z]{2}_\d\d_")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^\| ([A-Z]{2}-\d\d) \|.+\| (\S+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"_Scenario_(\d+)_")]
    private static partial Regex Scenario();

    [GeneratedRegex(@"^\| (\d+) \|.+\| (`.+`) \|$", RegexOptions.Multiline)]
    private static partial Regex ScenarioRow();
}
