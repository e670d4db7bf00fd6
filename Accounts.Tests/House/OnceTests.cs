using System.Text.RegularExpressions;
using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>What is decided in one place is decided nowhere else.</summary>
public sealed partial class OnceTests
{
    [Fact]
    public void Who_is_a_live_user_is_said_in_LiveUser_alone() => Assert.Equal(
        ["Accounts.Core/Users/LiveUser.cs"], Mentioning(Deleted()).Except(["Accounts.Core/Users/User.cs"]));

    /// <summary>When a session is over by its age; that it has been ended is asked of LiveSessionRule and by NotEnded.</summary>
    [Fact]
    public void What_is_a_live_session_is_said_in_its_rule_alone()
    {
        Assert.Equal(["Accounts.Core/Sessions/LiveSessionRule.cs"], Mentioning(Aged()));
        Assert.Equal(
            ["LiveSessionRule.cs", "Session.cs", "SessionEnding.cs", "SessionsSetup.cs"],
            Mentioning(Ended()).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_door_alone_opens_sessions() => Assert.Equal(["SignInDoor"], WhoTakes(typeof(SessionOpening)));

    [Fact]
    public void One_binder_alone_reads_fields_and_one_table_has_the_words_of_failures()
    {
        Assert.Equal(["Accounts.Api/Http/FormBinder.cs"], Mentioning(Reader()));
        Assert.Equal(["Accounts.Api/Http/FailureTable.cs"], Mentioning(Words()));
    }

    private static IEnumerable<string> WhoTakes(Type type) => typeof(AccountsDb).Assembly.GetTypes()
        .Where(other => other.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == type)))
        .Select(other => other.Name);

    private static IEnumerable<string> Mentioning(Regex pattern) => new[] { "Accounts.Core", "Accounts.Api", "Accounts.Development" }
        .SelectMany(project => SourceFiles.In(project, ".cs")).Where(file => pattern.IsMatch(SourceFiles.Code(file)));

    [GeneratedRegex(@"\bDeletedAt\b|\bdeleted_at\b")]
    private static partial Regex Deleted();

    [GeneratedRegex(@"s\.(rotated_at|created_at) (<=|>) clock_timestamp")]
    private static partial Regex Aged();

    [GeneratedRegex(@"\bEndedAt\b|\bended_at\b")]
    private static partial Regex Ended();

    [GeneratedRegex(@"new FieldReader\(")]
    private static partial Regex Reader();

    [GeneratedRegex(@"""(Sign-up is closed|Invalid credentials|Token is invalid|Invalid or expired token)")]
    private static partial Regex Words();
}
