using Accounts.Api.Http;
using Accounts.Core.SignIn;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Accounts.Api.SignIn;

/// <summary>What an action asks of its caller's session beyond being alive, as <c>[Authorize]</c> asks for one: see <see cref="StepUp"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DemandsStepUpAttribute : Attribute, IResourceFilter
{
    /// <summary>Who comes with a ticket in place of a session proves what the ticket demands.</summary>
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!TakesTicketAttribute.LetsOn(context.HttpContext))
        {
            context.HttpContext.RequestServices.GetRequiredService<StepUp>().Demand(context.HttpContext.LiveSession());
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
