using Accounts.Core.Admin;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Accounts.Api.Admin;

/// <summary>What an administrator is shown leaves an event, before it is sent; what is not there leaves none.</summary>
/// <param name="what">is shown, in a word</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordsReadAttribute(string what) : Attribute, IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if ((await next()).Exception is null)
        {
            var http = context.HttpContext;
            var target = context.RouteData.Values["id"] is string id ? AdminAnswer.Id(id) : (Guid?)null;
            await http.RequestServices.GetRequiredService<ReadRecord>().AddAsync(target, what, AdminAnswer.Actor(http), http.RequestAborted);
        }
    }
}
