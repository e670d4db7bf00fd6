using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Accounts.Api.Http;

/// <summary>
/// The framework's answer, but for the one demand that nearly every endpoint has and no other: that somebody is signed in. <see cref="AccessTokenAuthentication"/>
/// has found that out; to ask the handlers of all demands for it makes a dozen objects a request.
/// </summary>
public sealed class SignedInPolicy(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    private static readonly PolicyAuthorizationResult Succeeded = PolicyAuthorizationResult.Success();

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        policy.Requirements is [DenyAnonymousAuthorizationRequirement] && context.User.Identity is { IsAuthenticated: true }
            ? Task.FromResult(Succeeded)
            : base.AuthorizeAsync(policy, authenticationResult, context, resource);
}
