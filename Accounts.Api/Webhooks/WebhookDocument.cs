using System.Text.Json.Nodes;
using Accounts.Core.Webhooks;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Accounts.Api.Webhooks;

/// <summary>What receivers of webhooks are told, in the API's document: what we call, and nobody calls here.</summary>
public sealed class WebhookDocument : IOpenApiDocumentTransformer
{
    private const string OfUser = "Webhook", OfImport = "ImportWebhook";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent(OfUser, (IOpenApiSchema)Event(AboutUser()));
        document.AddComponent(OfImport, (IOpenApiSchema)Event(AboutImport()));
        document.Webhooks = WebhookEvents.All.ToDictionary(word => word, word => (IOpenApiPathItem)Told(document, word));
        return Task.CompletedTask;
    }

    private static OpenApiSchema Event(OpenApiSchema data) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Something that has happened, with the headers of Standard Webhooks. More members may come.",
        Required = new HashSet<string> { "id", "type", "timestamp", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["id"] = Text("The same at each try, as `webhook-id`."),
            ["type"] = Text("What has happened."),
            ["timestamp"] = Text("When it did.", "date-time"),
            ["data"] = data,
        },
    };

    private static OpenApiSchema AboutUser() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Whom it is about, and what else stands with the event.",
        Required = new HashSet<string> { "user_id" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["user_id"] = Text("The user's id.", "uuid"),
            ["session_id"] = Text("The session that it happened in, or to.", "uuid"),
            ["replaced_session_id"] = Text("The session that goes on as this one, and is over.", "uuid"),
            ["all_sessions"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "All that the user was signed in with has ended." },
            ["kept_session_id"] = Text("The session that goes on.", "uuid"),
            ["email"] = Text("The user's address as it is now, where the event is about it.", "email"),
            ["roles"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String }, Description = "The user's roles as they are now." },
            ["until"] = Text("When a suspension ends by itself.", "date-time"),
        },
    };

    private static OpenApiSchema AboutImport() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "How many users have come, or were changed; nobody in particular.",
        Required = new HashSet<string> { "source", "created", "updated" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["source"] = Text("Which system they are of."),
            ["created"] = Number("How many are new."),
            ["updated"] = Number("How many were changed, each of whom is told of by themselves."),
        },
    };

    private static OpenApiSchema Text(string description, string? format = null) => new() { Type = JsonSchemaType.String, Format = format, Description = description };

    private static OpenApiSchema Number(string description) => new() { Type = JsonSchemaType.Integer, Format = "int64", Description = description };

    private static OpenApiPathItem Told(OpenApiDocument document, string word) => new()
    {
        Operations = new()
        {
            [HttpMethod.Post] = new OpenApiOperation
            {
                OperationId = $"told_{word.Replace('.', '_')}",
                Summary = $"A receiver of Accounts__Webhooks is told: {word}",
                Description = "Signed, at least once, in order for a user. What is not answered 2xx within 10 seconds is tried again for three days.",
                RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchemaReference(word == WebhookEvents.Imported ? OfImport : OfUser, document), Example = Example(word) } },
                },
                Responses = new OpenApiResponses { ["2XX"] = new OpenApiResponse { Description = "Taken." }, ["410"] = new OpenApiResponse { Description = "Never again: it is parked." } },
            },
        },
    };

    private static JsonObject Example(string word) => new()
    {
        ["id"] = "evt_019ac1d27b1e7c559f3e5a1f0c8b2d14",
        ["type"] = word,
        ["timestamp"] = "2026-01-15T09:30:00.123Z",
        ["data"] = word == WebhookEvents.Imported
            ? new JsonObject { ["source"] = "django", ["created"] = 1200, ["updated"] = 3 }
            : new JsonObject { ["user_id"] = "019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d14" },
    };
}
