using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace Accounts.Api.Http;

/// <summary>Where controllers are looked for. To look at the other types as well would load what they are derived from, OpenTelemetry for one, which most servers never use.</summary>
internal sealed class PublicTypes : ApplicationPart, IApplicationPartTypeProvider
{
    private static readonly Assembly Ours = typeof(PublicTypes).Assembly;

    public override string Name => Ours.GetName().Name!;

    public IEnumerable<TypeInfo> Types => Ours.GetExportedTypes().Select(type => type.GetTypeInfo());

    public static void Replace(ApplicationPartManager manager)
    {
        foreach (var part in manager.ApplicationParts.OfType<AssemblyPart>().Where(part => part.Assembly == Ours).ToArray())
        {
            manager.ApplicationParts.Remove(part);
        }
        manager.ApplicationParts.Add(new PublicTypes());
    }
}
