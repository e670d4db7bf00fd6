using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Accounts.Api.Http;

/// <summary>
/// What an endpoint is, said where it stands: whose scripts may read its answers, and whether a cache may keep them. Its
/// path decides nothing.
/// </summary>
public abstract class EndpointKindAttribute : Attribute
{
    private static readonly ApiEndpointAttribute Unmatched = new();

    /// <summary>Where no endpoint is met, or only one of another method, the API answers 404 or 405, which front ends read.</summary>
    public static EndpointKindAttribute Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EndpointKindAttribute>() ?? Unmatched;
}

/// <summary>Called by front ends: listed origins read it with credentials, and no cache keeps it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ApiEndpointAttribute : EndpointKindAttribute, IEnableCorsAttribute
{
    public string? PolicyName { get; set; } = CorsSetup.Listed;

    /// <summary>Whether a page of another origin that loads it as if it were a picture learns not even whether that went well.</summary>
    public bool IsHiddenFromOthers { get; init; }
}

/// <summary>The same for everybody: any origin reads it without credentials, and it says itself how long it may be kept.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublishedDocumentAttribute : EndpointKindAttribute, IEnableCorsAttribute
{
    public string? PolicyName { get; set; } = CorsSetup.Anybody;
}

/// <summary>What a browser opens, and what such a page loads: for no other origin.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PageEndpointAttribute : EndpointKindAttribute, IDisableCorsAttribute;

/// <summary>For those who run or develop the server: for no other origin.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OperationsEndpointAttribute : EndpointKindAttribute, IDisableCorsAttribute;

/// <summary>Answers under any host, and without one: load balancers ask for health by address, HAProxy by none.</summary>
public sealed class AnyHostAttribute : Attribute;

/// <summary>The cross-site rule lets every site's requests in: something else proves that the browser set out from us.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnySiteAttribute : Attribute;
