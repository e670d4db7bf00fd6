using System.Text.Json.Nodes;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Tokens;

/// <summary>Tells a listed client whether a token is active now (RFC 7662); of anything else it says no more than that it is not.</summary>
[Route("api/auth/introspect"), ApiEndpoint, AllowAnonymous]
public sealed class IntrospectionController(AccessTokenDescription access, SessionTokenDescription session, ProgramTokenDescription program) : ControllerBase
{
    /// <summary>Ask about a token (RFC 7662)</summary>
    /// <remarks>
    /// For the clients of `Accounts__Tokens__IntrospectionClients`; without any it is `not_found`. Access tokens, session tokens, personal tokens and those of
    /// programs; of a token that is not active it says no more than that.
    /// </remarks>
    [HttpPost, DisableRateLimiting, TakesCredentials(TakesCredentialsAttribute.Basic), TypeFilter<IntrospectionClientRule>]
    [Succeeds<IntrospectionResponse>, Fails(ErrorCode.InvalidClient), Fails(ErrorCode.NotFound)]
    public async Task<IActionResult> Introspect([Form<TokenRequest, string>] string token, CancellationToken cancellation) =>
        new JsonResult(await DescribeAsync(token, cancellation) ?? new JsonObject { ["active"] = false });

    private async Task<JsonObject?> DescribeAsync(string token, CancellationToken cancellation) => PersonalTokenText.IsOne(token)
        ? await program.OfPersonalAsync(token, cancellation)
        : SessionTokenCodec.IsOne(token) ? await session.OfAsync(token, cancellation)
        : await access.OfAsync(token, cancellation) ?? program.OfMachine(token);
}
