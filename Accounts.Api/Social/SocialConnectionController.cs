using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.Sessions;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>The identities of the user who is signed in.</summary>
[Route("api/auth/social/{provider}"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class SocialConnectionController(
    SocialProviders providers, SocialCodes arrival, SocialConnection connection, TokenTransport transport) : ControllerBase
{
    /// <summary>Connect a provider</summary>
    /// <remarks>Adds an identity to the user who is signed in, whatever its address. The sign-in was at most 10 minutes ago, the user's address is verified.</remarks>
    [HttpPost("connect"), DemandsStepUp]
    [Says<DetailResponse>("Google is connected.")]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.InvalidState, ErrorCode.CodeExchangeFailed, ErrorCode.ProviderProfileFailed)]
    [Fails(ErrorCode.ReauthenticationRequired, ErrorCode.EmailNotVerified, ErrorCode.PermissionDenied), Fails(ErrorCode.SocialAccountTaken)]
    [TakesHeader(TokenTransport.Header, "`body`: for a state that was begun so.", Values = ["body"]), TakesCookie(CookieNames.Social, "the browser that began")]
    public async Task<ActionResult<DetailResponse>> Connect(
        [Form<SocialConnectRequest, SocialConnectForm>] SocialConnectForm form, [Provider] SocialHandler handler, CancellationToken cancellation)
    {
        var live = HttpContext.LiveSession();
        var trip = await arrival.SpendAsync(
            HttpContext, handler, form.State, SocialMode.Connect, live.User.Id, transport.IsBodyAskedFor(Request), cancellation);
        var profile = await arrival.FetchAsync(handler, form.Code, trip);
        await connection.ConnectAsync(live, profile, HttpContext.Device(), cancellation);
        return new DetailResponse(HttpContext.Say($"{handler.Provider.Title} is connected."));
    }

    /// <summary>Disconnect a provider</summary>
    /// <remarks>Removes an identity of the user who is signed in, unless it is the last way to sign in. The sign-in was at most 10 minutes ago.</remarks>
    [HttpDelete, DemandsStepUp]
    [Succeeds(StatusCodes.Status204NoContent)]
    [Fails(ErrorCode.ReauthenticationRequired), Fails(ErrorCode.NotFound), Fails(ErrorCode.LastSignInMethod)]
    public async Task<IActionResult> Disconnect(string provider, CancellationToken cancellation)
    {
        var live = HttpContext.LiveSession();
        if (!provider.All(char.IsAsciiLetterOrDigit))
        {
            throw new NotFoundException();
        }
        await connection.DisconnectAsync(live, provider, providers.OfferedNames(Request), HttpContext.Device(), cancellation);
        return NoContent();
    }
}
