using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Accounts.Api.Docs;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>The rooms of Api: which lies on which, and that each keeps what is its own.</summary>
public sealed partial class ApiRoomTests(Postgres postgres)
{
    /// <summary>From below. A room knows those below it, and none beside it.</summary>
    private static readonly string[][] Storeys =
    [
        ["Cookies"], ["Http"], ["Pages"], ["Docs"], ["Users"],
        ["Sessions", "Tokens"], ["SignIn"], ["Passwords"], ["Registration"], ["Social"], ["Commands"],
    ];

    /// <summary>Not of the house: it lies beside all rooms.</summary>
    private const string Beside = "Development";

    [Fact]
    public void Every_room_of_Api_has_its_storey()
    {
        var files = SourceFiles.In("Accounts.Api", ".cs");
        var folders = files.Select(file => file.Split('/')).Where(parts => parts.Length > 2).Select(parts => parts[1]);
        Assert.Equal(
            Storeys.SelectMany(rooms => rooms).Order(StringComparer.Ordinal),
            folders.Except([Beside]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_room_of_Api_knows_rooms_of_lower_storeys_alone()
    {
        Assert.Empty(Storeys.SelectMany((rooms, height) => rooms.SelectMany(room => Known(room, Above(height)))));
        Assert.NotEmpty(Known("Docs", ["Http"]));
    }

    /// <summary>Each has an example, or it would not compile, and is written by code that its room has generated.</summary>
    [Fact]
    public async Task Every_answer_is_written_by_generated_code()
    {
        await using var server = await TestServer.StartAsync(postgres);
        var endpoints = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints);
        var types = endpoints.SelectMany(endpoint => endpoint.Metadata.OfType<ISuccess>())
            .Where(success => success.Example is not null).Select(success => success.Type!).ToArray();
        var options = server.Services.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        Assert.Contains("RefreshResponse", types.Select(type => type.Name));
        Assert.All(types, type => Assert.True(options.GetTypeInfo(type).OriginatingResolver is JsonSerializerContext, type.Name));
    }

    private static string[] Above(int height) => [.. Storeys[height..].SelectMany(rooms => rooms)];

    /// <summary>By a using, by its full name, or by the short one that the enclosing namespace allows.</summary>
    private static IEnumerable<string> Known(string room, string[] others) =>
        from file in SourceFiles.In($"Accounts.Api/{room}", ".cs")
        from match in Name().Matches(SourceFiles.Code(file))
        where match.Value != room && others.Contains(match.Value)
        select $"{file}: {match.Value}";

    [GeneratedRegex(@"(?<=Accounts\.Api\.)\w+|(?<![\w.])\w+(?=\.[A-Z])")]
    private static partial Regex Name();
}
