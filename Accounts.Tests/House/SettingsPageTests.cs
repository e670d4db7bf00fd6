using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

/// <summary><c>docs/settings.md</c> tells of every setting, in the order of <c>.env.example</c>.</summary>
public sealed partial class SettingsPageTests
{
    [Fact]
    public void The_table_of_settings_has_every_line_of_the_example_and_no_other()
    {
        var listed = Row().Matches(Repository.Read("docs/settings.md")).Select(match => match.Groups[1].Value);
        Assert.Equal(EnvExample.Entries().Select(entry => entry.Key), listed);
    }

    [GeneratedRegex(@"^\| `((?:ConnectionStrings|Accounts)__[^`]*)`.*?\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
