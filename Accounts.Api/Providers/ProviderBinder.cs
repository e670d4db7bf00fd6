using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Accounts.Api.Providers;

/// <summary>An action's parameter that is the provider of the route.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ProviderAttribute : Attribute, IBinderTypeProviderMetadata
{
    public Type BinderType => typeof(ProviderBinder);

    public BindingSource BindingSource => BindingSource.Special;
}

/// <summary>Finds the handler of the route's provider.</summary>
public sealed class ProviderBinder(SocialProviders providers) : IModelBinder
{
    /// <exception cref="RefusedException">there is none of that name, or it is off</exception>
    public Task BindModelAsync(ModelBindingContext context)
    {
        context.Result = ModelBindingResult.Success(Find(providers, context.HttpContext));
        return Task.CompletedTask;
    }

    /// <summary>One for the whole request: the form asks for it before the action does.</summary>
    internal static SocialHandler Find(SocialProviders providers, HttpContext context)
    {
        if (context.Items[typeof(SocialHandler)] is SocialHandler found)
        {
            return found;
        }
        var handler = providers.Find(context, context.GetRouteValue("provider") as string ?? "");
        context.Items[typeof(SocialHandler)] = handler;
        return handler;
    }
}

internal static class ProviderFields
{
    /// <summary>A provider that there is not is told of before any field is.</summary>
    /// <exception cref="RefusedException">there is none of that name, or it is off</exception>
    public static SocialHandler DemandProvider(this FieldReader fields) =>
        ProviderBinder.Find(fields.Context.RequestServices.GetRequiredService<SocialProviders>(), fields.Context);
}
