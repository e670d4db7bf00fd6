using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Accounts.Api.Http;

/// <summary>
/// As <c>[Authorize]</c>, and the user of the session holds the role now: it is read with the request, whatever the token says.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AdministratorsOnlyAttribute : AuthorizeAttribute, IResourceFilter, IOrderedFilter
{
    /// <summary>Before what an action asks besides: whoever may not call it need not learn what it asks.</summary>
    public int Order => -1;

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.HttpContext.LiveSession() is not { User: { EmailVerified: true } user } || !user.Roles.Contains(User.Administrator))
        {
            throw new PermissionDeniedException(ErrorCode.PermissionDenied);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
