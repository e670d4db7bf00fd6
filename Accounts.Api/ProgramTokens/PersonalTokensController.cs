using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.ProgramTokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.ProgramTokens;

/// <summary>The personal tokens of the user who is signed in.</summary>
[Route("api/auth/tokens"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class PersonalTokensController(PersonalTokenCreation creation, PersonalTokenList list, PersonalTokenRemoval removal) : ControllerBase
{
    /// <summary>List my personal tokens</summary>
    /// <remarks>Those that are good, newest first; the tokens themselves are shown to nobody again.</remarks>
    [HttpGet, SucceedsWithList<PersonalTokenResponse>]
    public async Task<PersonalTokenResponse[]> List(CancellationToken cancellation) =>
        [.. (await list.ReadAsync(HttpContext.LiveSession().User.Id, cancellation)).Select(PersonalTokenResponse.Of)];

    /// <summary>Make a personal token</summary>
    /// <remarks>For a program that acts in the user's name at other services. It is shown once. A mail tells of it.</remarks>
    [HttpPost, DemandsStepUp]
    [Succeeds<NewPersonalTokenResponse>(StatusCodes.Status201Created), Fails(ErrorCode.ReauthenticationRequired, ErrorCode.TooManyTokens)]
    public async Task<IActionResult> Make([Form<PersonalTokenRequest, PersonalTokenForm>] PersonalTokenForm form, CancellationToken cancellation)
    {
        var made = await creation.MakeAsync(HttpContext.LiveSession(), form, HttpContext.Device(), cancellation);
        return StatusCode(StatusCodes.Status201Created, NewPersonalTokenResponse.Of(made));
    }

    /// <summary>Remove a personal token</summary>
    /// <remarks>It is refused at once, on every node.</remarks>
    /// <param name="id">the token's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpDelete("{id}")]
    [Succeeds(StatusCodes.Status204NoContent), Fails(ErrorCode.NotFound)]
    public async Task<IActionResult> Remove(string id, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(id, "D", out var tokenId))
        {
            throw new NotFoundException();
        }
        await removal.RemoveAsync(HttpContext.LiveSession().User.Id, tokenId, HttpContext.Device(), cancellation);
        return NoContent();
    }
}
