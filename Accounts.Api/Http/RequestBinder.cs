using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Accounts.Api.Http;

/// <summary>Binds a request type, whose members are all <see cref="Field"/>s, from a body. What is no member of the type is ignored.</summary>
public sealed class RequestBinder(Type type) : IModelBinder
{
    private readonly (string Name, PropertyInfo Property)[] members =
        [.. type.GetProperties().Select(property => (JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property))];

    public async Task BindModelAsync(ModelBindingContext context)
    {
        var body = await RequestBody.ReadAsync(context.HttpContext.Request);
        var request = Activator.CreateInstance(type)!;
        foreach (var (name, property) in members)
        {
            if (body.TryGetValue(name, out var field))
            {
                property.SetValue(request, field);
            }
        }
        context.Result = ModelBindingResult.Success(request);
    }

    /// <summary>Whether it is a request type: all of its members are fields.</summary>
    public static bool IsRequest(Type type)
    {
        var properties = type.GetProperties();
        return properties.Length > 0 && properties.All(property => property.PropertyType == typeof(Field));
    }

    public sealed class Provider : IModelBinderProvider
    {
        public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
            IsRequest(context.Metadata.ModelType) ? new RequestBinder(context.Metadata.ModelType) : null;
    }
}
