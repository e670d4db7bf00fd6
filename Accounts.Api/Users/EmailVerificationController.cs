using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Users;

[Route("api/auth/verify-email"), AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class EmailVerificationController(
    EmailVerification verification, VerificationReview review, VerificationResend resend, RegistrationCookie registration, Visitor visitor) : ControllerBase
{
    /// <summary>A script confirms; everything else that follows a link (people, mail scanners, prefetchers) gets the page, which changes nothing by being opened.</summary>
    [HttpGet]
    public async Task<IActionResult> Open([FromQuery] string? token, CancellationToken cancellation)
    {
        if (!IsScript())
        {
            return Page.Show(HttpContext, "verify-email.html");
        }
        await verification.VerifyAsync(token ?? "", await ProofAsync(null, cancellation), HttpContext.Device(), cancellation);
        return Verified();
    }

    [HttpPost]
    public async Task<IActionResult> Verify([FromBody] VerifyEmailRequest body, CancellationToken cancellation)
    {
        var fields = new FieldReader();
        var password = body.Password.IsMissing ? null : fields.Password("password", body.Password);
        if (body.Token.IsMissing && !body.Code.IsMissing)
        {
            await VerifyByCodeAsync(body, fields, password, cancellation);
            return Verified();
        }
        var token = fields.Text("token", body.Token);
        fields.Errors.ThrowIfAny();
        await verification.VerifyAsync(token!, await ProofAsync(password, cancellation), HttpContext.Device(), cancellation);
        return Verified();
    }

    private async Task VerifyByCodeAsync(VerifyEmailRequest body, FieldReader fields, string? password, CancellationToken cancellation)
    {
        var code = fields.Text("code", body.Code);
        var address = fields.EmailAddress("email", body.Email);
        fields.Errors.ThrowIfAny();
        await verification.VerifyByCodeAsync(address!, code!, await ProofAsync(password, cancellation), HttpContext.Device(), cancellation);
    }

    /// <summary>What the page shows before it asks; changes nothing.</summary>
    [HttpPost("check")]
    public async Task<IActionResult> Check([FromBody] VerifyEmailRequest body, CancellationToken cancellation)
    {
        var pending = await review.LookAsync(ReadToken(body), await ProofAsync(null, cancellation), cancellation);
        return Ok(new VerificationCheckResponse(pending.Username, pending.Email, pending.Verified, pending.SameBrowser));
    }

    /// <summary>"This was not me": deletes the unverified account.</summary>
    [HttpPost("reject")]
    public async Task<IActionResult> Reject([FromBody] VerifyEmailRequest body, CancellationToken cancellation)
    {
        await review.RejectAsync(ReadToken(body), HttpContext.Device(), cancellation);
        return Ok(new DetailResponse("The account has been deleted."));
    }

    [HttpPost("resend")]
    public async Task<IActionResult> Resend([FromBody] EmailRequest body, CancellationToken cancellation)
    {
        var fields = new FieldReader();
        var address = fields.EmailAddress("email", body.Email);
        fields.Errors.ThrowIfAny();
        await resend.ResendAsync(address!, cancellation);
        return Ok(new DetailResponse("ok"));
    }

    private static string ReadToken(VerifyEmailRequest body)
    {
        var fields = new FieldReader();
        var token = fields.Text("token", body.Token);
        fields.Errors.ThrowIfAny();
        return token!;
    }

    private bool IsScript() => !HttpMethods.IsHead(Request.Method)
        && (Request.Headers["Sec-Fetch-Dest"] == "empty"
            || Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase));

    private async Task<VerificationProof> ProofAsync(string? password, CancellationToken cancellation) =>
        new(registration.Read(HttpContext), await visitor.UserAsync(HttpContext, cancellation), password);

    private OkObjectResult Verified()
    {
        Response.Headers.CacheControl = "no-store";
        return Ok(new MessageResponse("Email verified"));
    }
}
