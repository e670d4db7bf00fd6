using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.ProgramTokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.ProgramTokens;

[Route("api/auth/token"), ApiEndpoint, AllowAnonymous]
public sealed class MachineTokenController(MachineTokens tokens) : ControllerBase
{
    /// <summary>Get a token for a program (RFC 6749)</summary>
    /// <remarks>
    /// For the clients of `Accounts__Clients__…`; without any it is `not_found`. The token is checked as an access token, has the `sub`
    /// `client:` and the client's name, and is of no use at this server. Failures say `error` and `error_description` besides.
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.Others), OAuthEndpoint, TakesCredentials(TakesCredentialsAttribute.Basic), TypeFilter<ProgramClientRule>]
    [Succeeds<MachineTokenResponse>, Fails(ErrorCode.InvalidRequest, ErrorCode.UnsupportedGrantType, ErrorCode.InvalidScope), Fails(ErrorCode.InvalidClient), Fails(ErrorCode.NotFound)]
    public ActionResult<MachineTokenResponse> Issue([Form<MachineTokenRequest, MachineTokenForm>] MachineTokenForm form)
    {
        var client = HttpContext.Features.Get<ProgramClient>()!;
        if (form.GrantType != MachineTokenForm.ClientCredentials)
        {
            throw new RefusedException(ErrorCode.UnsupportedGrantType);
        }
        if (form.HasSecret)
        {
            throw new RefusedException(ErrorCode.InvalidRequest);
        }
        if (form.Scope.Except(client.Roles).Any())
        {
            throw new RefusedException(ErrorCode.InvalidScope);
        }
        Response.Headers.Pragma = "no-cache";
        return MachineTokenResponse.Of(tokens.Issue(client, form.Scope.Length > 0 ? form.Scope : client.Roles));
    }
}
