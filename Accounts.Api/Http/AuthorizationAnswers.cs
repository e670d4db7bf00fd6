using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Accounts.Api.Http;

/// <summary>What those hear who come without an access token where one is demanded, or with one that does not suffice.</summary>
public sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded || (authorizeResult.Challenged && TakesTicketAttribute.LetsOn(context)))
        {
            return next(context);
        }
        return authorizeResult.Challenged
            ? ErrorBodies.WriteAsync(context, ErrorCode.NotAuthenticated)
            : ErrorBodies.WriteAsync(context, ErrorCode.PermissionDenied);
    }
}
