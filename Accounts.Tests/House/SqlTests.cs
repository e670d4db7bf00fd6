using System.Text.RegularExpressions;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>
/// SQL names its columns. A statement that asks for <c>*</c> is refused by PostgreSQL once a newer version has added a
/// column, on every connection that has prepared it.
/// </summary>
public sealed partial class SqlTests
{
    /// <summary>Files that do, and why. The list may only shrink.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["Accounts.Core/Sessions/LiveSessions.cs"] = "live.* is what the same statement lists",
    };

    [Fact]
    public void No_statement_asks_for_all_columns_of_a_table()
    {
        var asking = new[] { "Accounts.Core", "Accounts.Api" }.SelectMany(project => SourceFiles.In(project, ".cs"))
            .Where(file => Everything().IsMatch(SourceFiles.Code(file)));
        Assert.Equal(Exceptions.Keys.Order(StringComparer.Ordinal), asking.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SELECT * FROM users", true), InlineData("RETURNING t.*", true), InlineData("UPDATE t SET a = 1\nRETURNING\n  *", true), InlineData("SELECT id, u.* FROM users u", true)]
    [InlineData("SELECT count(*) FROM users", false), InlineData("RETURNING t.id, t.a * 2", false), InlineData("SELECT 2 * 3", false)]
    public void What_asks_for_all_is_found(string statement, bool found) => Assert.Equal(found, Everything().IsMatch(statement));

    [GeneratedRegex(@"\b(SELECT|RETURNING)\s+([^*;(]+,\s*)?(\w+\.)?\*", RegexOptions.Singleline)]
    private static partial Regex Everything();
}
