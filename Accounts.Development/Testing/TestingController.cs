using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Development.Provider;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Development.Testing;

/// <summary>What the tests of an app need of its users' accounts, and could not have otherwise: <c>docs/testing.md</c>.</summary>
[Route("dev/testing"), OperationsEndpoint, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true), TypeFilter<ToolsRule>]
public sealed class TestingController(TestUsers users, UserAging aging, FakeProvider provider, TokenTheft theft) : ControllerBase
{
    /// <summary>Makes a user.</summary>
    [HttpPost("user")]
    public async Task<IActionResult> MakeUser([Form<TestUserRequest, TestUserForm>] TestUserForm form, CancellationToken cancellation) =>
        Answer(await users.MakeAsync(form, HttpContext.Device(), cancellation), StatusCodes.Status201Created);

    /// <summary>Lets time pass for a user, or for all.</summary>
    [HttpPost("age")]
    public async Task<IActionResult> Age([Form<AgeRequest, AgeForm>] AgeForm form, CancellationToken cancellation) =>
        Answer(new AgedResponse((long)form.By.TotalSeconds, await aging.AgeAsync(form, cancellation)));

    /// <summary>Says how the next sign-in at the fake provider goes.</summary>
    [HttpPost("provider")]
    public IActionResult Script([Form<NextSignInRequest, NextSignIn>] NextSignIn next)
    {
        provider.Expect(next.Person);
        return Answer(new NextSignInResponse(next.Word, next.Person?.Id, next.Person?.Email));
    }

    /// <summary>Uses a stolen refresh token.</summary>
    [HttpPost("replay")]
    public async Task<IActionResult> Replay([Form<TheftRequest, TheftForm>] TheftForm form, CancellationToken cancellation) =>
        Answer(await theft.PlayAsync(form, HttpContext.Device(), cancellation));

    private JsonResult Answer(object body, int status = StatusCodes.Status200OK)
    {
        Response.Headers.CacheControl = "no-store";
        return new JsonResult(body) { StatusCode = status };
    }

    private sealed record AgedResponse(long BySeconds, IReadOnlyDictionary<string, long> Rows);

    private sealed record NextSignInResponse(string Next, string? Id, string? Email);
}
