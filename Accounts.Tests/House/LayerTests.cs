using System.Text.RegularExpressions;
using Accounts.Core.Data;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>What knows what: Core no HTTP, the room Tokens no other room, and what commits is nobody's part.</summary>
public sealed partial class LayerTests
{
    private static readonly string[] Http =
    [
        "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Identity", "Microsoft.AspNetCore.Hosting",
    ];

    /// <summary>What design calls room: a folder of Core.</summary>
    private static readonly string[] Rooms =
        [.. Directory.GetDirectories(Path.Combine(Repository.Folder, "Accounts.Core")).Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj"])];

    [Fact]
    public void Core_references_nothing_that_speaks_HTTP()
    {
        var references = typeof(AccountsDb).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToArray();
        Assert.Contains("Microsoft.EntityFrameworkCore", references);
        Assert.DoesNotContain(references, name => Http.Any(banned => name == banned || name.StartsWith($"{banned}.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tokens_knows_no_other_room_and_no_database()
    {
        var files = SourceFiles.In("Accounts.Core/Tokens", ".cs");
        Assert.NotEmpty(files);
        Assert.Contains("Sessions", Rooms);
        Assert.Empty(files.SelectMany(file => Matches(OtherRoom(), file)));
    }

    /// <summary>A flow or a worker is what nobody else is made of: it has committed once when it returns, and a part that commits by itself would make it twice.</summary>
    [Fact]
    public void Only_flows_and_workers_save()
    {
        var saving = SourceFiles.In("Accounts.Core", ".cs").Where(file => Save().IsMatch(SourceFiles.Code(file)))
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
        Assert.Contains("UserRegistration", saving);
        var parts = typeof(AccountsDb).Assembly.GetTypes().SelectMany(type => type.GetConstructors()).SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.ParameterType.Name);
        Assert.Empty(saving.Intersect(parts));
        Assert.DoesNotContain(saving, name => name.EndsWith("Options", StringComparison.Ordinal) || name.EndsWith("Mapping", StringComparison.Ordinal));
        Assert.Empty(saving.Intersect(typeof(AccountsDb).GetProperties().Where(EntityTests.IsSet).Select(set => set.PropertyType.GenericTypeArguments[0].Name)));
    }

    /// <summary>What makes users for the tests of apps is a flow, which nobody ships; there is nothing like it in the Core, for it must not be there.</summary>
    [Fact]
    public void Nothing_in_Api_saves_or_knows_the_database_but_to_start_it_and_to_make_users_for_tests()
    {
        string[] knowing =
            ["Accounts.Api/AccountsServer.cs", "Accounts.Api/Hosting/DatabaseReady.cs", "Accounts.Development/Postgres/PrivatePostgres.cs"];
        string[] making = ["Accounts.Development/Testing/TestFactors.cs"];
        string[] aging = ["Accounts.Development/Testing/RowAging.cs", "Accounts.Development/Testing/StolenTokens.cs", "Accounts.Development/Testing/TestSignUp.cs"];
        string[] files = [.. SourceFiles.In("Accounts.Api", ".cs"), .. SourceFiles.In("Accounts.Development", ".cs")];
        string[] allowed = [.. knowing, .. making, .. aging];
        Assert.Empty(allowed.Except(files));
        Assert.Empty(files.Except(making).SelectMany(file => Matches(Save(), file)));
        Assert.Empty(files.Except(allowed).SelectMany(file => Matches(Database(), file)));
    }

    private static IEnumerable<string> Matches(Regex pattern, string file) => pattern.Matches(SourceFiles.Code(file)).Select(match => $"{file}: {match.Value}");

    /// <summary>By its full name, or by the short one that the enclosing namespace allows.</summary>
    private static Regex OtherRoom()
    {
        var others = string.Join('|', Rooms.Except(["Tokens", "Failures", "Settings", "Telemetry"]));
        return new Regex($@"(?<![\w.])(Accounts\.Core\.({others})\b|({others})\.[A-Z]|Npgsql|Microsoft\.EntityFrameworkCore)");
    }

    [GeneratedRegex(@"\.SaveChanges\w*\(|\.Commit(Async)?\(")]
    private static partial Regex Save();

    [GeneratedRegex(@"\bAccountsDb\b|\bNpgsqlDataSource\b|\bNpgsqlConnection\b|\bCreate(Command|Batch)\(")]
    private static partial Regex Database();
}
