using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>What is connected to the user who is signed in.</summary>
[Route("api/auth/social/accounts"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class SocialAccountsController(SocialAccountList list) : ControllerBase
{
    /// <summary>List the connected accounts</summary>
    /// <remarks>
    /// The identities of the user who is signed in, oldest first. `name` is the provider's, as on buttons; `email` is what the provider said
    /// at the last sign-in; `last_used_at` is null where the user has never signed in with it.
    /// </remarks>
    [HttpGet]
    [SucceedsWithList<SocialAccountResponse>]
    public async Task<SocialAccountResponse[]> List(CancellationToken cancellation) =>
        [.. (await list.ReadAsync(HttpContext.LiveSession().User.Id, cancellation)).Select(SocialAccountResponse.Of)];
}
