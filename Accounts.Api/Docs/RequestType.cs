using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Accounts.Api.Docs;

public static class RequestType
{
    /// <summary>The type of the body that an action reads; null where it reads none.</summary>
    public static Type? Of(ApiDescription action) =>
        action.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body)?.Type
        ?? action.ActionDescriptor.EndpointMetadata.OfType<TakesBodyAttribute>().SingleOrDefault()?.Type;
}
