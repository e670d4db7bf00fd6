using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Accounts.Api.Tokens;

/// <summary>Lets listed clients alone go on, before their request is read; where none is listed there is nothing to find.</summary>
public sealed class IntrospectionClientRule(IntrospectionClients clients) : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!clients.Any)
        {
            context.Result = new NotFoundResult();
        }
        else if (!clients.Authenticates(context.HttpContext.Request))
        {
            context.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"introspection\"";
            throw new AuthenticationFailedException(ErrorCode.InvalidClient);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
