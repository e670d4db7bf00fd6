using System.Net;
using System.Text;
using Accounts.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;

namespace Accounts.Development.Provider;

/// <summary>The fake provider's endpoints, as far as OAuth 2.0 and OpenID Connect ask for them.</summary>
[Route("dev/provider"), OperationsEndpoint, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class FakeProviderController(FakeProvider provider, DevelopmentTools tools) : ControllerBase
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const string People = "<!-- people -->";

    /// <summary>Asks who is signing in, unless a test has said so; opened by hand it says what it is.</summary>
    [HttpGet]
    public IActionResult Authorize()
    {
        if (!tools.ExistFor(Request))
        {
            return NotFound();
        }
        if (Request.Query.Count == 0)
        {
            return Filled("fake-provider-about.html", About);
        }
        if (!provider.Accepts(Request.Query))
        {
            return BadRequest(new OAuthError("invalid_request"));
        }
        Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(Request.Method) && provider.TakeExpected() is { } expected)
        {
            return Return(expected);
        }
        return Filled("fake-provider.html", Entry);
    }

    private ContentResult Filled(string page, Func<FakePerson, string> entry)
    {
        Response.Headers.ContentSecurityPolicy = Policy;
        using var reader = new StreamReader(Asset(page), Encoding.UTF8);
        return Content(reader.ReadToEnd().Replace(People, string.Concat(FakePerson.All.Select(entry)), StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    private static Stream Asset(string file) =>
        typeof(FakeProviderController).Assembly.GetManifestResourceStream($"Accounts.Development.{file}")!;

    private static string About(FakePerson person) => $"<li><div>{Words(person)}</div></li>";

    private string Entry(FakePerson person)
    {
        var link = WebUtility.HtmlEncode($"/dev/provider/choose{Request.QueryString}&person={person.Id}");
        return $"<li><a href=\"{link}\">{Words(person)}</a></li>";
    }

    private static string Words(FakePerson person) => $"<strong>{person.GivenName} {person.FamilyName}</strong><span>{person.About}</span>";

    [HttpGet("page.css")]
    public IActionResult Style() => tools.ExistFor(Request) ? File(Asset("fake-provider.css"), "text/css; charset=utf-8") : NotFound();

    /// <summary>Sends the browser back, with a code or a refusal.</summary>
    [HttpGet("choose")]
    public IActionResult Choose()
    {
        if (!tools.ExistFor(Request))
        {
            return NotFound();
        }
        if (!provider.Accepts(Request.Query) || FakePerson.All.FirstOrDefault(one => one.Id == Request.Query["person"]) is not { } person)
        {
            return BadRequest(new OAuthError("invalid_request"));
        }
        return Return(person);
    }

    private RedirectResult Return(FakePerson person)
    {
        var redirectUri = Request.Query["redirect_uri"].ToString();
        var (name, value) = person.Declines ? ("error", "access_denied") : ("code", provider.IssueCode(person, Request.Query["code_challenge"]!, redirectUri));
        return Redirect(QueryHelpers.AddQueryString(redirectUri, new Dictionary<string, string?> { [name] = value, ["state"] = Request.Query["state"] }));
    }

    [HttpPost("token")]
    public IActionResult Token([Form<FakeTokenRequest, FakeTokenRequest>] FakeTokenRequest body)
    {
        if (!tools.ExistFor(Request))
        {
            return NotFound();
        }
        Response.Headers.CacheControl = "no-store";
        if (body.ClientId.Text != provider.Settings.ClientId || body.ClientSecret.Text != provider.Settings.ClientSecret)
        {
            return Unauthorized(new OAuthError("invalid_client"));
        }
        if (provider.IsAwayFor(body.Code.Text ?? ""))
        {
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        var token = body.GrantType.Text == "authorization_code"
            ? provider.Redeem(body.Code.Text ?? "", body.CodeVerifier.Text ?? "", body.RedirectUri.Text ?? "")
            : null;
        return token is null ? BadRequest(new OAuthError("invalid_grant")) : Ok(new Dictionary<string, string> { ["access_token"] = token, ["token_type"] = "Bearer" });
    }

    [HttpGet("me")]
    public IActionResult Me()
    {
        if (!tools.ExistFor(Request))
        {
            return NotFound();
        }
        Response.Headers.CacheControl = "no-store";
        return BearerToken.Read(Request) is { } token && provider.PersonOf(token) is { } person
            ? Ok(new FakeUserInfo(
                person.Id, person.GivenName, person.FamilyName, person.Email, person.Email is null ? null : person.EmailVerified, person.IsAuthoritative))
            : Unauthorized(new OAuthError("invalid_token"));
    }

    private sealed record OAuthError(string Error);

    private sealed record FakeUserInfo(string Sub, string GivenName, string FamilyName, string? Email, bool? EmailVerified, bool EmailAuthoritative);
}

/// <summary>RFC 6749 section 4.1.3, with RFC 7636.</summary>
public sealed record FakeTokenRequest : IRequest<FakeTokenRequest>
{
    public Field GrantType { get; init; }

    public Field Code { get; init; }

    public Field CodeVerifier { get; init; }

    public Field RedirectUri { get; init; }

    public Field ClientId { get; init; }

    public Field ClientSecret { get; init; }

    public FakeTokenRequest Read(FieldReader fields) => this;
}
