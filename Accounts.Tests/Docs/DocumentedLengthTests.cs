using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Docs;

/// <summary>What the document says of the length of a member, the server holds to.</summary>
[Trait("Pace", "long")]
public sealed class DocumentedLengthTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task What_is_longer_than_the_document_says_is_refused_by_its_name()
    {
        using var client = server.Client();
        // Who may call all that there is.
        await server.Database.ChangeAsync(await server.SignInVerifiedAsync(client), "roles = '{admin}'");
        var document = await OpenApiDocument.ReadAsync(client);
        var limits = document.Operations.SelectMany(operation => LimitsOf(operation).Select(limit => (Operation: operation, limit.Name, limit.Most))).ToList();
        Assert.Contains(limits, limit => (limit.Operation.Path, limit.Name, limit.Most) == ("/api/auth/login/second-factor/", "code", 100));
        Assert.True(limits.Count > 40, $"{limits.Count}");
        var accepted = new List<string>();
        foreach (var (operation, name, most) in limits)
        {
            var path = operation.Path.Replace("{provider}", "google", StringComparison.Ordinal).Replace("{id}", $"{Guid.NewGuid()}", StringComparison.Ordinal);
            var body = new Dictionary<string, string> { [name] = new('x', most + 1) };
            var answer = await client.SendAsync(new HttpMethod(operation.Method.ToUpperInvariant()), path, JsonContent.Create(body));
            if (answer.Status != 400 || answer[name] is null)
            {
                accepted.Add($"{operation.Method} {operation.Path} {name}: {answer}");
            }
        }
        Assert.Empty(accepted);
    }

    private static IEnumerable<(string Name, int Most)> LimitsOf(Operation operation) =>
        (operation.Json["requestBody"]?["content"]?["application/json"]?["schema"]?["properties"] as JsonObject ?? [])
        .Where(member => member.Value!["maxLength"] is not null).Select(member => (member.Key, (int)member.Value!["maxLength"]!));
}
