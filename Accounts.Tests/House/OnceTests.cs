using System.Text.RegularExpressions;
using Accounts.Api.Http;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>What is decided in one place is decided nowhere else.</summary>
public sealed partial class OnceTests
{
    /// <summary>Files with words of their own for a failure, and why. The list may only shrink.</summary>
    private static readonly Dictionary<string, string> WordsElsewhere = new()
    {
        ["Accounts.Api/Http/RequestRefusedException.cs"] = "what only HTTP refuses, two of which have no code of their own",
        ["Accounts.Core/Social/SocialConnection.cs"] = "who connects is signed in already, and is not told to sign in",
    };

    /// <summary>The entity, the list of what is exported, that of names which no field may have, and what administrators see name the columns, and decide nothing; an import says who was let in elsewhere.</summary>
    [Fact]
    public void Who_is_a_live_user_is_said_in_LiveUser_alone() => Assert.Equal(
        ["Accounts.Core/Users/LiveUser.cs"],
        Mentioning(Living()).Where(file => !file.StartsWith("Accounts.Core/Import/", StringComparison.Ordinal) && !file.StartsWith("Accounts.Api/Commands/Import", StringComparison.Ordinal)).Except(["Accounts.Core/Users/User.cs", "Accounts.Core/Users/UsersSetup.cs", "Accounts.Core/Users/Extra/ReservedFieldNames.cs", "Accounts.Core/Admin/AdministeredUser.cs", "Accounts.Api/Admin/AdminUserResponse.cs", "Accounts.Api/Admin/AdminUsersController.cs", "Accounts.Api/Admin/UserListRequest.cs"]));

    /// <summary>When a session is over by its age; that it has been ended is asked of LiveSessionRule; how it ended is told by others.</summary>
    [Fact]
    public void What_is_a_live_session_is_said_in_its_rule_alone()
    {
        Assert.Equal(["Accounts.Core/Sessions/LiveSessionRule.cs"], Mentioning(Aged()));
        Assert.Equal(
            ["LiveSessionRule.cs", "Session.cs", "SessionEnding.cs", "SessionMapping.cs", "SessionRecognition.cs", "SessionResponse.cs", "SessionsSetup.cs"],
            Mentioning(Ended()).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_door_alone_opens_sessions()
    {
        Assert.Equal(["SignInDoor"], WhoTakes(typeof(SessionOpening)));
        Assert.Equal(["Accounts.Core/Sessions/SessionOpening.cs"], Mentioning(Opened()));
    }

    [Fact]
    public void One_binder_alone_reads_fields() => Assert.Equal(["Accounts.Api/Http/FormBinder.cs"], Mentioning(Reader()));

    /// <summary>What other libraries say has their words, be they ours by chance.</summary>
    [Fact]
    public void One_table_has_the_words_of_failures()
    {
        Assert.Equal(WordsElsewhere.Keys.Order(StringComparer.Ordinal), Mentioning(OwnWords()).Order(StringComparer.Ordinal));
        Assert.All(Enum.GetValues<ErrorCode>(), code => Assert.Equal(
            ["Accounts.Api/Http/FailureTable.cs"],
            Mentioning(new Regex(Regex.Escape($"\"{FailureTable.Of(code).Words.Template.Replace("\"", "\\\"", StringComparison.Ordinal)}"))).Where(file => !file.StartsWith("Accounts.Api/Compatibility/", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("new ConflictException(ErrorCode.AccountExists, \"No.\")", true), InlineData("throw new RefusedException(ErrorCode.Error,\n Words)", true)]
    [InlineData("=> new(ErrorCode.Error, $\"{name}\")", true), InlineData("class X() : AccountsException(ErrorCode.Error, \"No.\")", true)]
    [InlineData("new RefusedException(ErrorCode.InvalidToken)", false), InlineData("new(ErrorCode.TokenNotValid, reason)", false)]
    [InlineData("new(ErrorCode.NotAuthenticated, ErrorCode.TokenNotValid)", false), InlineData("Words(ErrorCode.MethodNotAllowed, method)", false)]
    public void Words_of_a_failures_own_are_found(string code, bool found) => Assert.Equal(found, OwnWords().IsMatch(code));

    private static IEnumerable<string> WhoTakes(Type type) => typeof(AccountsDb).Assembly.GetTypes()
        .Where(other => other.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == type)))
        .Select(other => other.Name);

    private static IEnumerable<string> Mentioning(Regex pattern) => new[] { "Accounts.Core", "Accounts.Api", "Accounts.Development" }
        .SelectMany(project => SourceFiles.In(project, ".cs")).Where(file => pattern.IsMatch(SourceFiles.Code(file)));

    [GeneratedRegex(@"\b(DeletedAt|deleted_at|IsActive|is_active)\b")]
    private static partial Regex Living();

    [GeneratedRegex(@"s\.(rotated_at|created_at) (<=|>) clock_timestamp")]
    private static partial Regex Aged();

    [GeneratedRegex(@"\bEndedAt\b|\bended_at\b")]
    private static partial Regex Ended();

    [GeneratedRegex(@"new FieldReader\(")]
    private static partial Regex Reader();

    [GeneratedRegex(@"\bSession\.Start\(|\bSessions\.Add|\.Continue\(|\bended\.Renew\(")]
    private static partial Regex Opened();

    /// <summary>A failure that is made with more than its code, and the more is neither a reason nor another code.</summary>
    [GeneratedRegex(@"(Exception|\bnew)\(ErrorCode\.\w+,(?!\s*(reason\b|ErrorCode\.))")]
    private static partial Regex OwnWords();
}
