using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Throttling;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Clients;

/// <summary>Counts a registration at all nodes together, once its body has been read: garbage costs no statement.</summary>
public sealed class RegistrationLimit(RegistrationThrottle throttle) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var client = ClientDevice.Ip(context.HttpContext);
        await throttle.DemandAsync(client, context.HttpContext.RequestAborted);
        if ((await next()).Exception is { } failure && (failure is UnavailableException || DatabaseFailure.Away(failure) is not null))
        {
            await throttle.TakeBackAsync(client);
        }
    }
}

/// <summary>Every action whose limit per client address is that of registrations has the one for all nodes besides.</summary>
public sealed class RegistrationLimitConvention : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        if (action.Attributes.OfType<EnableRateLimitingAttribute>().Any(limit => limit.PolicyName == Throttle.Registration))
        {
            action.Filters.Add(new TypeFilterAttribute(typeof(RegistrationLimit)));
        }
    }
}
