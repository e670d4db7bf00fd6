using Microsoft.AspNetCore.Mvc.ActionConstraints;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Accounts.Api.Http;

/// <summary>HEAD works where GET does (RFC 9110 section 9.3.2), and a preflight finds the endpoint that it asks about.</summary>
public sealed class MethodConvention : IApplicationModelConvention
{
    public void Apply(ApplicationModel application)
    {
        var actions = application.Controllers.SelectMany(controller => controller.Actions);
        foreach (var selector in actions.SelectMany(action => action.Selectors))
        {
            Replace(selector, [.. Methods(selector).SelectMany(WithHead)]);
        }
    }

    private static IEnumerable<string> Methods(SelectorModel selector) =>
        selector.ActionConstraints.OfType<HttpMethodActionConstraint>().SelectMany(constraint => constraint.HttpMethods);

    private static string[] WithHead(string method) => HttpMethods.IsGet(method) ? ["GET", "HEAD"] : [method];

    private static void Replace(SelectorModel selector, string[] methods)
    {
        selector.ActionConstraints.Clear();
        selector.ActionConstraints.Add(new HttpMethodActionConstraint(methods));
        foreach (var old in selector.EndpointMetadata.OfType<IHttpMethodMetadata>().ToList())
        {
            selector.EndpointMetadata.Remove(old);
        }
        selector.EndpointMetadata.Add(new HttpMethodMetadata(methods, acceptCorsPreflight: true));
    }
}
