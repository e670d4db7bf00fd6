using Accounts.Core.EmailCodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace Accounts.Api.EmailCodes;

/// <summary>Where nobody signs in by mail there is nothing to find: 404 like any unknown path, before a request is read.</summary>
public sealed class EmailCodesSwitch(IOptions<EmailCodesOptions> options) : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!options.Value.Enabled)
        {
            context.Result = new NotFoundResult();
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
