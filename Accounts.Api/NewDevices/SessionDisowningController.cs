using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.NewDevices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.NewDevices;

[Route("api/auth/sessions/disown"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class SessionDisowningController(SessionDisowning disowning) : ControllerBase
{
    /// <summary>"This was not me"</summary>
    /// <remarks>
    /// By the link of the mail about a sign-in on a new device: ends that session, has the second factor asked for on every trusted device again, and nothing else. Doing it again answers the same, for 7 days.
    /// </remarks>
    [HttpPost]
    [Says<DetailResponse>("The session has ended."), Fails(ErrorCode.InvalidToken)]
    public async Task<IActionResult> End([Form<MailedTokenRequest, string>] string token, CancellationToken cancellation)
    {
        await disowning.EndAsync(token, HttpContext.Device(), cancellation);
        return Ok(new DetailResponse(HttpContext.Say("The session has ended.")));
    }

    /// <summary>Look at such a link before using it</summary>
    /// <remarks>Tells which session it is about. Changes nothing.</remarks>
    [HttpPost("check")]
    [Succeeds<DisownableSessionResponse>, Fails(ErrorCode.InvalidToken)]
    public async Task<IActionResult> Look([Form<MailedTokenRequest, string>] string token, CancellationToken cancellation) =>
        Ok(DisownableSessionResponse.Of(await disowning.LookAsync(token, cancellation)));
}
