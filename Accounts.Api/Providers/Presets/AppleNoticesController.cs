using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Social.Withdrawal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Providers.Presets;

/// <summary>What Apple tells by itself of people who have signed in by it.</summary>
[Route("api/auth/social/apple/notices"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class AppleNoticesController(AppleNotices notices, SocialProviders providers, SocialWithdrawal withdrawal) : ControllerBase
{
    /// <summary>Take Apple's notice</summary>
    /// <remarks>
    /// For the *Server-to-Server Notification Endpoint* of the developer's account. Who has closed the account at Apple, or told Apple to stop
    /// signing in here, is disconnected, signed out where Apple alone had signed them in, and told by mail; the account stays, and a way into it:
    /// where Apple is the only one, and the address Apple's too, it stays connected. Other notices are taken, and nothing follows from them.
    /// </remarks>
    [HttpPost, AnySite]
    [Says<DetailResponse>("ok")]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.InvalidToken)]
    public async Task<ActionResult<DetailResponse>> Take([Form<AppleNoticeRequest, string>] string payload, CancellationToken cancellation)
    {
        if (await notices.ReadEndAsync(HttpContext, payload, cancellation) is { } withdrawn)
        {
            await withdrawal.WithdrawAsync(withdrawn, providers.OfferedNames(Request), HttpContext.Device(), cancellation);
        }
        return new DetailResponse(HttpContext.Say("ok"));
    }
}

/// <summary>The body of Apple's notice.</summary>
public sealed record AppleNoticeRequest : IRequest<string>
{
    [Described("A token that Apple has signed.", Required = true, Example = "eyJraWQiOiJBQkMiLCJhbGciOiJSUzI1NiJ9.eyJldmVudHMiOiJ7fSJ9.c2lnbmF0dXJl")]
    public Field Payload { get; init; }

    public string Read(FieldReader fields) => fields.Text("payload", Payload)!;
}
