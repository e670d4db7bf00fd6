using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Providers.Presets;

/// <summary>What Apple tells by itself of people who have signed in by it.</summary>
[Route("api/auth/social/apple/notices"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class AppleNoticesController(AppleNotices notices, SocialWithdrawal withdrawal) : ControllerBase
{
    /// <summary>Take Apple's notice</summary>
    /// <remarks>
    /// For the *Server-to-Server Notification Endpoint* of the developer's account. Who has closed the account at Apple, or told Apple to stop
    /// signing in here, is disconnected and signed out; the account stays, and its address with it.
    /// </remarks>
    [HttpPost, AnySite]
    [Succeeds(StatusCodes.Status204NoContent)]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.InvalidToken)]
    public async Task<IActionResult> Take([Form<AppleNoticeRequest, string>] string payload, CancellationToken cancellation)
    {
        var (notice, issuer) = await notices.ReadAsync(HttpContext, payload, cancellation) ?? throw new RefusedException(ErrorCode.InvalidToken);
        if (notice.IsEnd)
        {
            await withdrawal.WithdrawAsync(new Withdrawn(AppleNotices.Provider, issuer, notice.Uid, notice.ToldAt), HttpContext.Device(), cancellation);
        }
        return NoContent();
    }
}

/// <summary>The body of Apple's notice.</summary>
public sealed record AppleNoticeRequest : IRequest<string>
{
    [Described("A token that Apple has signed.", Required = true, Example = "eyJraWQiOiJBQkMiLCJhbGciOiJSUzI1NiJ9.eyJldmVudHMiOiJ7fSJ9.c2lnbmF0dXJl")]
    public Field Payload { get; init; }

    public string Read(FieldReader fields) => fields.Text("payload", Payload)!;
}
