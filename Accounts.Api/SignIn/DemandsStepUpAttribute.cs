using Accounts.Api.Http;
using Accounts.Core.SignIn;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Accounts.Api.SignIn;

/// <summary>What an action asks of its caller's session beyond being alive, as <c>[Authorize]</c> asks for one: see <see cref="StepUp"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DemandsStepUpAttribute : Attribute, IResourceFilter
{
    /// <summary>Who comes with a ticket in place of a session proves what the ticket demands, so there the body is read first: see <see cref="DemandWithoutTicket"/>.</summary>
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (Metadata<TakesTicketAttribute>(context.HttpContext) is null)
        {
            Demand(context.HttpContext);
        }
    }

    /// <summary>For who is signed in and has turned out to bring no ticket; nothing where the action asks for no more than a session.</summary>
    internal static void DemandWithoutTicket(HttpContext context)
    {
        if (Metadata<DemandsStepUpAttribute>(context) is not null)
        {
            Demand(context);
        }
    }

    private static T? Metadata<T>(HttpContext context) where T : class => context.GetEndpoint()?.Metadata.GetMetadata<T>();

    private static void Demand(HttpContext context) => context.RequestServices.GetRequiredService<StepUp>().Demand(context.LiveSession());

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
