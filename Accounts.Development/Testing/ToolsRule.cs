using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Accounts.Development.Testing;

/// <summary>Where Development's tools are not, there is nothing to find, whatever the body says.</summary>
public sealed class ToolsRule(DevelopmentTools tools) : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!tools.ExistFor(context.HttpContext.Request))
        {
            context.Result = new NotFoundResult();
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
