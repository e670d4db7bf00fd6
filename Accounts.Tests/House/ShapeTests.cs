using System.Text.RegularExpressions;
using Accounts.Api;
using Accounts.Core.Data;
using Accounts.Development;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

public sealed partial class ShapeTests
{
    private const int LongestFile = 250;
    private const int LongestContentsPage = 70;
    private const int LongestIntegration = 200, LongestFollower = 70;

    /// <summary>Interfaces with fewer than two implementations, each with its reason. The list may only shrink.</summary>
    private static readonly Dictionary<string, string> SingleInterfaces = [];

    [Fact]
    public void An_interface_has_two_implementations_or_a_reason()
    {
        Type[] projects = [typeof(AccountsDb), typeof(Program), typeof(DevelopmentHost)];
        var types = projects.SelectMany(type => type.Assembly.GetTypes()).ToArray();
        var single = types.Where(type => type.IsInterface && types.Count(other => !other.IsInterface && Implements(other, type)) < 2);
        Assert.Equal(SingleInterfaces.Keys.Order(StringComparer.Ordinal), single.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    private static bool Implements(Type type, Type contract) =>
        type.GetInterfaces().Any(one => one == contract || (one.IsGenericType && one.GetGenericTypeDefinition() == contract));

    [Theory]
    [InlineData("Accounts.Api/Program.cs"), InlineData("Accounts.Development/DevelopmentHost.cs")]
    public void Program_is_a_contents_page(string program) =>
        Assert.InRange(Repository.Read(program).Split('\n').Length - 1, 1, LongestContentsPage - 1);

    [Fact]
    public void No_file_is_too_long_to_be_one_thing()
    {
        var files = new[] { "Accounts.Core", "Accounts.Api", "Accounts.Development", "Accounts.Tests", "integrations" }
            .SelectMany(project => SourceFiles.In(project, ".cs", ".css", ".html", ".js", ".mjs", ".py", ".txt")).ToArray();
        Assert.Contains("Accounts.Tests/House/ShapeTests.cs", files);
        Assert.DoesNotContain(files, file => File.ReadLines(Path.Combine(Repository.Folder, file)).Count() > LongestFile);
    }

    private static readonly string[] Followers = ["integrations/python/accounts_ended.py", "integrations/express/accounts-ended.js", "integrations/aspnetcore/EndedSessions.cs"];

    /// <summary>Who copies it has read it before. A line is one that says something to the machine: no comment, import or lone bracket.</summary>
    [Theory]
    [InlineData("python"), InlineData("django"), InlineData("flask"), InlineData("express"), InlineData("aspnetcore")]
    public void An_integration_is_short(string name) =>
        Assert.InRange(SourceFiles.In($"integrations/{name}", ".cs", ".js", ".py").Except(Followers).Sum(Statements), 10, LongestIntegration - 1);

    /// <summary>What a service may do without, in a file of its own.</summary>
    [Fact]
    public void What_follows_the_feed_is_short() => Assert.All(Followers, file => Assert.InRange(Statements(file), 10, LongestFollower - 1));

    private static int Statements(string file) => Statement().Count(Docstring().Replace(Repository.Read(file), ""));

    [GeneratedRegex("^ *\"\"\".*?\"\"\"$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Docstring();

    [GeneratedRegex(@"^(?! *(//|/\*|#|using |from |import )).*\w", RegexOptions.Multiline)]
    private static partial Regex Statement();
}
