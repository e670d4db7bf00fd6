using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Docs;

/// <summary>The API's document as a client gets it.</summary>
public sealed class OpenApiDocument(JsonObject json)
{
    public JsonObject Json => json;

    public IEnumerable<Operation> Operations => json["paths"]!.AsObject().SelectMany(path =>
        path.Value!.AsObject().Select(operation => new Operation(operation.Key, path.Key, operation.Value!.AsObject())));

    public IEnumerable<string> ErrorCodes => json["components"]!["schemas"]!["ErrorCode"]!["enum"]!.AsArray().Select(code => (string)code!);

    public static async Task<OpenApiDocument> ReadAsync(ApiClient client)
    {
        var answer = await client.GetAsync("/openapi/v1.json");
        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        return new OpenApiDocument(JsonNode.Parse(answer.Text)!.AsObject());
    }

    public Operation Operation(string method, string path) => Operations.Single(operation => operation.Method == method && operation.Path == path);

    /// <summary>A validator that is not ours finds nothing wrong with answers as measured by the document; without any, with the document.</summary>
    public async Task FitsAsync(params Exchange[] exchanges)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Folder, "Accounts.Tests/Support/node/check-openapi.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new { document = json, answers = exchanges.Select(exchange => exchange.Written) }));
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"The document could not be checked: run ./test, which sets up what the tests need.\n{await error}");
        var complaints = JsonSerializer.Deserialize<string[]>(await output)!;
        Assert.True(complaints.Length == 0, string.Join("\n", complaints));
    }
}

/// <summary>One operation of the document.</summary>
public sealed record Operation(string Method, string Path, JsonObject Json)
{
    public Dictionary<string, JsonNode> Responses => Json["responses"]!.AsObject().ToDictionary(response => response.Key, response => response.Value!);

    /// <summary>The example of the body; null where it takes none.</summary>
    public JsonObject? BodyExample => Json["requestBody"]?["content"]?["application/json"]?["example"]?.AsObject();

    public bool Takes(string scheme) => Json["security"]?.AsArray().Any(one => one!.AsObject().ContainsKey(scheme)) ?? false;

    /// <summary>The path with something in place of its parameters.</summary>
    public string FilledPath => string.Join('/', Path.Split('/').Select(part => part.StartsWith('{') ? $"{Guid.NewGuid()}" : part));
}

/// <summary>An operation and how the server answered it.</summary>
public sealed record Exchange(Operation Operation, Answer Answer)
{
    public object Written => new
    {
        method = Operation.Method, path = Operation.Path, status = Answer.Status, media_type = Answer.MediaType, text = Answer.Text,
    };
}
