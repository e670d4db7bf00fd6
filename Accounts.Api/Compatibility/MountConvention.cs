using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Accounts.Api.Compatibility;

/// <summary>A controller of a library's paths: there where that is enabled, below its prefix.</summary>
/// <param name="library">its name in the settings</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MountedAttribute(string library) : Attribute
{
    public Library Library { get; } = Library.Of(library);
}

/// <summary>Puts what is enabled below its prefix, and takes out what is not: such a path is unknown like any other.</summary>
/// <param name="enabled">and the prefix of each</param>
internal sealed class MountConvention(IReadOnlyDictionary<Library, string> enabled) : IApplicationModelConvention
{
    public void Apply(ApplicationModel application)
    {
        foreach (var controller in application.Controllers.ToArray())
        {
            if (controller.Attributes.OfType<MountedAttribute>().SingleOrDefault() is not { Library: var library })
            {
                continue;
            }
            if (enabled.TryGetValue(library, out var prefix))
            {
                Mount(controller, prefix.Trim('/'));
            }
            else
            {
                application.Controllers.Remove(controller);
            }
        }
    }

    private static void Mount(ControllerModel controller, string prefix)
    {
        foreach (var route in controller.Actions.SelectMany(action => action.Selectors).Select(selector => selector.AttributeRouteModel!))
        {
            route.Template = prefix.Length == 0 ? route.Template : $"{prefix}/{route.Template}";
        }
    }
}
