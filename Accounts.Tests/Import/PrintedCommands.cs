using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>The commands that a page prints below a heading, for a test to run as they stand there.</summary>
internal static class PrintedCommands
{
    public static string Of(string page, string heading)
    {
        var match = Regex.Match(Repository.Read($"docs/{page}"), $@"^## {Regex.Escape(heading)}$.*?^```bash\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.True(match.Success, $"docs/{page} prints no commands below {heading}");
        return match.Groups[1].Value;
    }
}
