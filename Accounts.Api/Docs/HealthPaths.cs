using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>The health checks, which are middleware and no actions.</summary>
public sealed class HealthPaths : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Paths["/healthz"] = Path(document, "getHealthz", "Is the process alive?", "Asks nothing else, so that a database that is away restarts no server.",
            ("200", "Healthy"));
        document.Paths["/readyz"] = Path(document, "getReadyz", "Can the server do its work?", "The database answers, this program's last migration is applied, and it has warmed up and is not about to stop.",
            ("200", "Healthy"), ("503", "Unhealthy"));
        return Task.CompletedTask;
    }

    private static OpenApiPathItem Path(OpenApiDocument document, string id, string summary, string text, params (string Status, string Word)[] answers)
    {
        var responses = new OpenApiResponses();
        foreach (var (status, word) in answers)
        {
            responses[status] = Answer(word);
        }
        return new OpenApiPathItem
        {
            Operations = new()
            {
                [HttpMethod.Get] = new OpenApiOperation
                {
                    OperationId = id, Summary = summary, Description = text, Responses = responses,
                    Tags = new HashSet<OpenApiTagReference> { new("Operations", document) },
                },
            },
        };
    }

    private static OpenApiResponse Answer(string word) => new()
    {
        Description = word,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["text/plain"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = word },
        },
    };
}
