using System.Text.RegularExpressions;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>
/// SQL names its columns. A statement that asks for <c>*</c> is refused by PostgreSQL once a newer version has added a
/// column, on every connection that has prepared it.
/// </summary>
public sealed partial class SqlTests
{
    [Fact]
    public void No_statement_asks_for_all_columns_of_a_table()
    {
        var asking = new[] { "Accounts.Core", "Accounts.Api" }.SelectMany(project => SourceFiles.In(project, ".cs"))
            .Where(file => Everything().IsMatch(SourceFiles.Code(file)));
        Assert.Empty(asking);
    }

    [Theory]
    [InlineData("SELECT * FROM users", true), InlineData("RETURNING t.*", true), InlineData("UPDATE t SET a = 1\nRETURNING\n  *", true), InlineData("SELECT id, u.* FROM users u", true)]
    [InlineData("select * from users", true), InlineData("SELECT u.id, u.* FROM users u", true), InlineData("SELECT \"u\".* FROM users u", true), InlineData("SELECT count(*), u.* FROM users u", true)]
    [InlineData("SELECT DISTINCT * FROM users", true), InlineData("SELECT count(*), * FROM users", true), InlineData("SELECT (u.*)::text FROM users u", true)]
    [InlineData("TABLE users", true), InlineData("(\"\"\"\n  TABLE users\n", true), InlineData("\"table users\"", true), InlineData("WITH gone AS (TABLE users) SELECT 1", true), InlineData("SELECT 1 UNION ALL TABLE users", true)]
    [InlineData("LOCK TABLE users", false), InlineData("a table of users", false), InlineData("SELECT 2 AS table_size", false)]
    [InlineData("SELECT count(*) FROM users", false), InlineData("RETURNING t.id, t.a * 2", false), InlineData("SELECT 2 * 3", false)]
    public void What_asks_for_all_is_found(string statement, bool found) => Assert.Equal(found, Everything().IsMatch(statement));

    /// <summary>After the word that asks, after a name, or by the statement that says nothing else.</summary>
    [GeneratedRegex("""
        \b(SELECT|RETURNING)\s+((DISTINCT|ALL)\s+)?([^*;(]+,\s*)?\*
        |[\w"]\.\*
        |,\s*\*\s+FROM\b
        |(^|["(;]|\bAS\b|\bUNION\b(\s+ALL\b)?)\s*\bTABLE\s+"?\w
        """, RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Everything();
}
