using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>The answers when something is wrong: one response for each status, with the codes that it can bear.</summary>
public sealed class Errors : IOpenApiOperationTransformer
{
    public const string Error = "Error", FieldErrors = "FieldErrors", Code = "ErrorCode", BadAccessToken = "access_token_not_valid";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var own = context.Description.ActionDescriptor.EndpointMetadata.OfType<FailsAttribute>();
        foreach (var status in own.Concat(CommonErrors.Of(context.Description)).SelectMany(errors => errors.ByStatus()).GroupBy(part => part.Status, part => part.Errors).OrderBy(group => group.Key))
        {
            operation.Responses![$"{status.Key}"] = Response(status.Key, [.. status], context.Document!);
        }
        return Task.CompletedTask;
    }

    private static OpenApiResponse Response(int status, FailsAttribute[] errors, OpenApiDocument document) => new()
    {
        Description = ReasonPhrases.GetReasonPhrase(status),
        Headers = Headers(status),
        Content = Content(errors, document),
    };

    private static Dictionary<string, OpenApiMediaType> Content(FailsAttribute[] errors, OpenApiDocument document)
    {
        var content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new() { Schema = Schema(errors, document), Examples = Examples(errors, document) },
        };
        if (errors.Any(error => error.HasPage))
        {
            content["text/html"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
        return content;
    }

    private static OpenApiSchema Schema(FailsAttribute[] errors, OpenApiDocument document)
    {
        var narrowed = new OpenApiSchema
        {
            AllOf = [new OpenApiSchemaReference(Error, document), OfCodes(errors.SelectMany(error => error.Codes).Distinct())],
        };
        return errors.Any(error => error.HasFields) ? new OpenApiSchema { AnyOf = [new OpenApiSchemaReference(FieldErrors, document), narrowed] } : narrowed;
    }

    private static OpenApiSchema OfCodes(IEnumerable<ErrorCode> codes) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(code => (JsonNode)ErrorBodies.Word(code))] },
        },
    };

    private static Dictionary<string, IOpenApiExample> Examples(FailsAttribute[] errors, OpenApiDocument document) =>
        errors.SelectMany(ExampleNames).Distinct().ToDictionary(name => name, name => (IOpenApiExample)new OpenApiExampleReference(name, document));

    private static IEnumerable<string> ExampleNames(FailsAttribute error)
    {
        var names = error.Codes.Select(code => code == ErrorCode.TokenNotValid && error.OfAccessToken ? BadAccessToken : ErrorBodies.Word(code));
        return error.HasFields ? names.Prepend(FieldErrors) : names;
    }

    private static Dictionary<string, IOpenApiHeader>? Headers(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Header("WWW-Authenticate", "The scheme of the credentials that are wanted.", JsonSchemaType.String),
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable =>
            Header("Retry-After", "In how many seconds to try again.", JsonSchemaType.Integer),
        _ => null,
    };

    private static Dictionary<string, IOpenApiHeader> Header(string name, string text, JsonSchemaType type) =>
        new() { [name] = new OpenApiHeader { Description = text, Schema = new OpenApiSchema { Type = type } } };
}
