using Accounts.Api.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Accounts.Api.Docs;

public static class RequestType
{
    /// <summary>The type of the body that an action reads; null where it reads none.</summary>
    public static Type? Of(ApiDescription action) =>
        action.ActionDescriptor.Parameters.OfType<ControllerParameterDescriptor>()
            .SelectMany(parameter => parameter.ParameterInfo.GetCustomAttributes(inherit: false)).OfType<FormAttribute>().SingleOrDefault()?.RequestType
        ?? action.ActionDescriptor.EndpointMetadata.OfType<TakesBodyAttribute>().SingleOrDefault()?.Type;

    /// <summary>Whether it is one: how it is read stands in the type itself.</summary>
    public static bool Is(Type type) =>
        type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequest<>));
}
