using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Accounts.Api.Social;

/// <summary>An action's parameter that is the provider of the route, looked up before the body is read.</summary>
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
        var name = context.HttpContext.GetRouteValue("provider") as string ?? "";
        context.Result = ModelBindingResult.Success(providers.Find(context.HttpContext, name));
        return Task.CompletedTask;
    }
}
