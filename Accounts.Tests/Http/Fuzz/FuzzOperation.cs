using System.Text.Json.Nodes;
using Accounts.Tests.Docs;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>One operation of the API's document, with every place of it that takes a text.</summary>
internal sealed record FuzzOperation(string Method, string Path)
{
    public static readonly string[] MediaTypes = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

    /// <summary>That the server reads on every route, or could.</summary>
    public static readonly string[] CommonHeaders =
    [
        "Authorization", "Origin", "Accept", "Content-Type", "User-Agent", "Cookie", "Host", "X-Token-Transport", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded",
        "Sec-Fetch-Site", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Referer", "X-CSRFToken", "Accept-Language", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "traceparent",
        "Access-Control-Request-Method", "Access-Control-Request-Headers",
    ];

    /// <summary>All that a body may hold, and what each is in a request that is meant well; null where that lacks it.</summary>
    public required IReadOnlyDictionary<string, string?> Members { get; init; }

    /// <summary>Queries, cookies and headers that the operation itself reads.</summary>
    public required (FuzzPlace Place, string Name)[] Parameters { get; init; }

    public required bool TakesBasic { get; init; }

    public string[] Segments => Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public static FuzzOperation[] Of(OpenApiDocument document) => [.. document.Operations.Select(operation => Of(operation, document.Json))];

    private static FuzzOperation Of(Operation operation, JsonObject document) => new(operation.Method.ToUpperInvariant(), operation.Path)
    {
        Members = MembersOf(operation, document),
        Parameters =
        [
            .. ParametersOf(operation, "query", FuzzPlace.Query), .. ParametersOf(operation, "cookie", FuzzPlace.Cookie), .. ParametersOf(operation, "header", FuzzPlace.Header),
            .. operation.Takes("bearer") || operation.Takes("basic") ? [(FuzzPlace.Header, "Authorization")] : Array.Empty<(FuzzPlace, string)>(),
        ],
        TakesBasic = operation.Takes("basic"),
    };

    private static IEnumerable<(FuzzPlace Place, string Name)> ParametersOf(Operation operation, string location, FuzzPlace place) =>
        (operation.Json["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == location).Select(parameter => (place, (string)parameter!["name"]!));

    private static Dictionary<string, string?> MembersOf(Operation operation, JsonObject document)
    {
        if (operation.Json["requestBody"]?["content"]?["application/json"]?["schema"] is not { } schema)
        {
            return [];
        }
        var reference = (string?)schema["$ref"];
        var resolved = reference is null ? schema : document["components"]!["schemas"]![reference.Split('/')[^1]]!;
        return resolved["properties"]!.AsObject().ToDictionary(member => member.Key, member => operation.BodyExample?[member.Key]?.ToString());
    }

    public override string ToString() => $"{Method} {Path}";
}
