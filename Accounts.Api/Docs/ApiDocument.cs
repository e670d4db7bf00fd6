using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>The OpenAPI document as JSON; made when it is first asked for, since nothing in it changes while the server runs.</summary>
public sealed class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    public const string Name = "v1";

    private readonly Lazy<Task<byte[]>> json = new(() => WriteAsync(provider));

    public Task<byte[]> JsonAsync() => json.Value;

    private static async Task<byte[]> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var stream = new MemoryStream();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
        return stream.ToArray();
    }
}
