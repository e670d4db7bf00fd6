using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>What stands around the operations: title and address, groups, credentials, the shapes of errors, and paths as the contract writes them.</summary>
public sealed class DocumentFrame(IOptions<SiteOptions> site, IOptions<JsonOptions> json) : IOpenApiDocumentTransformer
{
    private const string Introduction = """
        Sign-up, sign-in and sessions, and access tokens that any other service can check.

        Bodies are JSON in `snake_case`; form-encoded and multipart bodies are accepted, too. Every path works with and without
        its trailing slash. Every error is either `{"detail": "...", "code": "..."}`, where `code` is one of the stable words of
        `ErrorCode`, or messages by field: `{"email": ["Enter a valid email address."]}`.
        What people read is in the language of `Accept-Language` where it is one of ours (`en`, `de`, `fr`, `es`, `pt-BR`), and
        such an answer has `Vary: Accept-Language`; `code`, `reason` and the names of fields are the same in each.

        **Access tokens** are short-lived and go into the header `Authorization: Bearer`. The **refresh token** lives in an HttpOnly
        cookie, which browsers bring by themselves; native clients ask for it in bodies, with `X-Token-Transport: body` at sign-in.
        """;

    private static readonly (string Room, string Text)[] Groups =
    [
        ("Registration", "Signing up, and proving an address."),
        ("Sessions", "Being signed in: refreshing, signing out, here and elsewhere."),
        ("NewDevices", "What the link of a mail about a new device does."),
        ("Users", "Who someone is."),
        ("Profile", "What someone is called."),
        ("EmailChange", "Another address."),
        ("OwnActivity", "What happened to one's account."),
        ("Passwords", "Signing in with a password, and choosing a new one, with the old one or without."),
        ("Passkeys", "Signing in by what a device or a key holds, and nothing else."),
        ("SecondFactor", "Authenticator apps and recovery codes, and what they are asked for."),
        ("TrustedDevices", "Devices on which the second factor is not asked for."),
        ("Reauthentication", "Proving once more who one is."),
        ("EmailCodes", "Signing in by a mail, with a code or a link; off until a setting turns it on."),
        ("Recovery", "This wasn't me: stopping everything by the link of a mail, and having the account back."),
        ("Deletion", "Leaving, and for some time coming back."),
        ("Export", "All that is stored about someone."),
        ("Social", "Signing in through somebody else: Google, GitHub, Facebook, LinkedIn, any provider of OpenID Connect."),
        ("Providers", "What a provider calls by itself, and no front end."),
        ("ProgramTokens", "What programs show in place of a person, and in their own name."),
        ("Tokens", "What other services need in order to check access tokens."),
        ("EndedSessions", "Which sessions have ended: for services that check access tokens by themselves."),
        ("Admin", "What who holds the role admin does: finding, changing and inviting users, and looking whether the server is well."),
        ("Operations", "What a load balancer or an orchestrator asks."),
    ];

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Accounts", Version = "1", Description = Introduction };
        document.Servers = [new OpenApiServer { Url = site.Value.Origin }];
        document.Tags = Groups.Select(group => new OpenApiTag { Name = group.Room, Description = group.Text }).ToHashSet();
        WriteSlashes(document, context);
        AddCredentials(document);
        await AddErrorsAsync(document, context, cancellationToken);
    }

    /// <summary>Both are served; Django's clients expect this one.</summary>
    private static void WriteSlashes(OpenApiDocument document, OpenApiDocumentTransformerContext context)
    {
        var actions = context.DescriptionGroups.SelectMany(group => group.Items);
        var api = actions.Where(CommonErrors.IsApi).Select(action => $"/{action.RelativePath}").ToHashSet();
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            paths[api.Contains(path) ? $"{path}/" : path] = item;
        }
        document.Paths = paths;
    }

    private static void AddCredentials(OpenApiDocument document)
    {
        document.AddComponent(TakesCredentialsAttribute.Bearer, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "An access token of a live session.",
        });
        document.AddComponent(TakesCredentialsAttribute.Basic, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "basic", Description = "A client of Accounts__Tokens__IntrospectionClients, or of Accounts__Clients.",
        });
    }

    private async Task AddErrorsAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var codes = Enum.GetValues<ErrorCode>();
        var error = await context.GetOrCreateSchemaAsync(typeof(ErrorBody), null, cancellation);
        error.Properties!["code"] = new OpenApiSchemaReference(Errors.Code, document);
        document.AddComponent(Errors.Error, (IOpenApiSchema)error);
        document.AddComponent(Errors.Code, (IOpenApiSchema)new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "A stable word for what went wrong. None is ever renamed; new ones may come.",
            Enum = [.. codes.Select(code => (JsonNode)ErrorBodies.Word(code))],
        });
        document.AddComponent(Errors.FieldErrors, (IOpenApiSchema)new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Messages by the field that they are about; `non_field_errors` for the body as a whole.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        });
        AddExample(document, Errors.FieldErrors, ErrorExamples.Fields);
        AddExample(document, Errors.BadAccessToken, ErrorExamples.BadAccessToken);
        foreach (var code in codes)
        {
            AddExample(document, ErrorBodies.Word(code), ErrorExamples.Of(code));
        }
    }

    private void AddExample<T>(OpenApiDocument document, string name, T body) => document.AddComponent(
        name, (IOpenApiExample)new OpenApiExample { Value = JsonSerializer.SerializeToNode(body, json.Value.SerializerOptions) });
}
