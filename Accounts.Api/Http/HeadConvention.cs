using Microsoft.AspNetCore.Mvc.ActionConstraints;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Accounts.Api.Http;

/// <summary>HEAD works where GET does (RFC 9110 section 9.3.2).</summary>
public sealed class HeadConvention : IApplicationModelConvention
{
    public void Apply(ApplicationModel application)
    {
        var actions = application.Controllers.SelectMany(controller => controller.Actions);
        foreach (var selector in actions.SelectMany(action => action.Selectors).Where(IsGet))
        {
            selector.ActionConstraints.Clear();
            selector.ActionConstraints.Add(new HttpMethodActionConstraint(["GET", "HEAD"]));
            foreach (var old in selector.EndpointMetadata.OfType<IHttpMethodMetadata>().ToList())
            {
                selector.EndpointMetadata.Remove(old);
            }
            selector.EndpointMetadata.Add(new HttpMethodMetadata(["GET", "HEAD"]));
        }
    }

    private static bool IsGet(SelectorModel selector) =>
        selector.ActionConstraints.OfType<HttpMethodActionConstraint>().Any(constraint => constraint.HttpMethods.SequenceEqual(["GET"]));
}
