using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Accounts.Api.Docs;

/// <summary>An operation's id is its method and path, by which generated clients call it; its group is the room that it lives in.</summary>
public sealed partial class Naming : IOpenApiOperationTransformer
{
    /// <summary>After <c>Accounts.Api</c>; a room may have rooms of its own.</summary>
    private const int RoomAt = 2;

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var action = context.Description;
        operation.OperationId = action.HttpMethod!.ToLowerInvariant() + string.Concat(Words().Matches(action.RelativePath!)
            .Select(word => word.Value).Where(word => word != "api").Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var room = ((ControllerActionDescriptor)action.ActionDescriptor).ControllerTypeInfo.Namespace!.Split('.')[RoomAt];
        operation.Tags = new HashSet<OpenApiTagReference> { new(room, context.Document) };
        return Task.CompletedTask;
    }

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Words();
}
