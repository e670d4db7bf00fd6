using System.Text.RegularExpressions;
using Accounts.Api.Http;
using Accounts.Tests.Compatibility;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>Walks every endpoint of a running server: each says what it is, and what follows from that holds.</summary>
public sealed partial class EndpointTests(Postgres postgres) : IAsyncLifetime
{
    private const string Listed = "https://app.example.com", Evil = "https://evil.example";

    private static readonly string[] Unsafe = ["POST", "PUT", "PATCH", "DELETE"];

    /// <summary>What any site may post to (<c>POST /path</c>), and what else proves that the browser set out from us.</summary>
    private static readonly Dictionary<string, string> AnySite = new()
    {
        ["POST /api/auth/social/google/callback"] = "a state of this browser's, in a cookie that goes along from there",
        ["POST /api/auth/social/apple/notices"] = "Apple's signature",
    };

    private TestServer server = null!;
    private ApiClient client = null!;
    private RouteEndpoint[] endpoints = [];

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:AllowedOrigins", Listed), ("Accounts:Passkeys:Origins", Listed), EveryLibrary.Enabled);
        client = server.Client();
        await client.SignInSomebodyAsync();
        endpoints = [.. server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()];
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public void SG_12_Every_endpoint_says_of_exactly_one_kind_that_it_is()
    {
        Assert.All(endpoints, endpoint => Assert.True(Kinds(endpoint).Count() == 1, endpoint.DisplayName));
        Assert.Equal(
            ["ApiEndpointAttribute", "OperationsEndpointAttribute", "PageEndpointAttribute", "PublishedDocumentAttribute"],
            endpoints.SelectMany(Kinds).Select(kind => kind.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SG_12_Every_endpoint_says_who_may_call_it_and_how_often() => Assert.All(endpoints, endpoint =>
    {
        Assert.True(Says<IAuthorizeData>(endpoint) != Says<IAllowAnonymous>(endpoint), endpoint.DisplayName);
        Assert.True(Says<EnableRateLimitingAttribute>(endpoint) || Says<DisableRateLimitingAttribute>(endpoint), endpoint.DisplayName);
    });

    [Fact]
    public async Task SG_03_What_takes_a_ticket_in_place_of_a_session_is_listed_and_refuses_who_has_neither()
    {
        var calls = endpoints.Where(Says<TakesTicketAttribute>).SelectMany(Calls).ToArray();
        Assert.Equal(
            ["POST /api/auth/factors/passkeys/begin", "POST /api/auth/factors/passkeys/finish", "POST /api/auth/factors/totp/begin", "POST /api/auth/factors/totp/confirm"],
            calls.Select(Name).Order(StringComparer.Ordinal));
        using var nobody = server.Client();
        foreach (var (method, path) in calls)
        {
            (await nobody.SendAsync(new HttpMethod(method), path, null)).AssertRefused(401, "not_authenticated");
        }
    }

    [Fact]
    public void SG_12_Only_listed_endpoints_are_exempt_from_the_cross_site_rule() => Assert.Equal(
        AnySite.Keys.Order(StringComparer.Ordinal), endpoints.Where(Says<AnySiteAttribute>).SelectMany(Calls).Select(Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Origin", Evil)]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task SG_12_No_endpoint_takes_an_unsafe_request_of_an_evil_site(string header, string value)
    {
        var calls = endpoints.SelectMany(Calls).Where(call => Unsafe.Contains(call.Method) && !AnySite.ContainsKey(Name(call))).Append(("POST", "/nowhere")).ToArray();
        Assert.Contains(("POST", "/dev/provider/token"), calls);
        foreach (var (method, path) in calls)
        {
            var answer = await client.SendAsync(new HttpMethod(method), path, null, (header, value));
            Assert.True((answer.Status, answer["code"]) == (403, "csrf_failed"), $"{method} {path}: {answer}");
            Assert.Empty(answer.SetCookies);
        }
        Assert.Equal(1, await server.Database.CountAsync("users"));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "generation = 0 AND ended_at IS NULL"));
    }

    [Fact]
    public async Task SG_12_Every_endpoint_of_the_API_answers_the_preflight_of_a_listed_origin_and_of_no_other()
    {
        foreach (var (method, path) in Of<ApiEndpointAttribute>())
        {
            var (listed, other) = (await PreflightAsync(path, method, Listed), await PreflightAsync(path, method, Evil));
            Assert.True((listed.Status, listed.Header("Access-Control-Allow-Origin")) == (204, Listed), $"{method} {path}: {listed}");
            Assert.Equal("true", listed.Header("Access-Control-Allow-Credentials"));
            Assert.Contains(method, listed.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
            AssertAllowsNothing($"{method} {path}", other);
        }
    }

    [Fact]
    public async Task SG_12_What_is_neither_API_nor_published_allows_no_other_origin_and_runs_for_no_preflight()
    {
        foreach (var (method, path) in Of<PageEndpointAttribute>().Concat(Of<OperationsEndpointAttribute>()))
        {
            var preflight = await PreflightAsync(path, method, Listed);
            Assert.True((preflight.Status, preflight.Text) == (204, ""), $"{method} {path}: {preflight}");
            AssertAllowsNothing($"{method} {path}", preflight);
            AssertAllowsNothing($"{method} {path}", await client.SendAsync(new HttpMethod(method), path, null, ("Origin", Listed)));
        }
    }

    [Fact]
    public async Task SG_12_What_is_published_any_origin_reads_without_credentials()
    {
        foreach (var (method, path) in Of<PublishedDocumentAttribute>())
        {
            var answer = await client.SendAsync(new HttpMethod(method), path, null, ("Origin", Evil));
            Assert.Equal((200, "*"), (answer.Status, answer.Header("Access-Control-Allow-Origin")));
            Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
            Assert.StartsWith("public, max-age=", answer.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Equal("*", (await PreflightAsync(path, method, Evil)).Header("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task SG_12_No_cache_keeps_an_answer_of_the_API_whatever_it_says()
    {
        (string, string)[] headers =
        [
            ("Accept", "application/json"), ("Accept", "image/png"), ("Authorization", "Bearer x"), ("Origin", Evil), ("Host", "elsewhere.test"),
        ];
        foreach (var (method, path) in Of<ApiEndpointAttribute>())
        {
            foreach (var header in headers)
            {
                AssertKeptNowhere($"{method} {path} {header}", await client.SendAsync(new HttpMethod(method), path, null, header));
            }
        }
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/api/nowhere/", 404)]
    [InlineData("POST", "/verify-email", 405)]
    [InlineData("PUT", "/api/auth/login/", 405)]
    public async Task SG_12_What_meets_no_endpoint_is_answered_as_the_API_does(string method, string path, int status)
    {
        var answer = await client.SendAsync(new HttpMethod(method), path, null, ("Origin", Listed));
        Assert.Equal((status, Listed), (answer.Status, answer.Header("Access-Control-Allow-Origin")));
        AssertKeptNowhere(path, answer);
        AssertAllowsNothing(path, await client.SendAsync(new HttpMethod(method), path, null, ("Origin", Evil)));
    }

    [Fact]
    public async Task A_file_of_a_page_is_kept_by_caches_and_no_other_origin_reads_it()
    {
        var answer = await client.GetAsync("/accounts.css", ("Origin", Listed));
        Assert.Equal((200, "text/css"), (answer.Status, answer.MediaType));
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
        Assert.NotNull(answer.Header("ETag"));
        Assert.Equal(304, (await client.GetAsync("/accounts.css", ("If-None-Match", answer.Header("ETag")!))).Status);
    }

    /// <summary>But by the listener of a port of its own, which has one path and no routes, and by the page for what meets no endpoint that could decide.</summary>
    [Fact]
    public void SG_12_Nothing_is_decided_by_a_path() => Assert.Equal(
        ["Accounts.Api/Pages/NotFoundPage.cs", "Accounts.Api/Telemetry/MetricsListener.cs"],
        SourceFiles.In("Accounts.Api", ".cs").Where(file => PathOfRequest().IsMatch(SourceFiles.Code(file))).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("context.Request.Path.StartsWithSegments(\"/api\")", true), InlineData("request.Path == \"/x\"", true), InlineData("r.PathBase", true)]
    [InlineData("context.Request is { Path: \"/x\" }", true), InlineData("request.GetDisplayUrl()", true), InlineData("feature.RawTarget", true)]
    [InlineData("Path.Combine(a, b)", false), InlineData("endpoint.RoutePattern.RawText", false)]
    public void What_looks_at_a_path_is_found(string code, bool found) => Assert.Equal(found, PathOfRequest().IsMatch(code));

    [GeneratedRegex(@"\.Path(Base)?\b|[{,]\s*Path(Base)?\s*:|\b(StartsWithSegments|RawTarget|GetDisplayUrl|GetEncoded\w+)\b")]
    private static partial Regex PathOfRequest();

    private static string Name((string Method, string Path) call) => $"{call.Method} {call.Path}";

    private static IEnumerable<EndpointKindAttribute> Kinds(Endpoint endpoint) => endpoint.Metadata.OfType<EndpointKindAttribute>();

    private static bool Says<T>(Endpoint endpoint)
        where T : class => endpoint.Metadata.GetMetadata<T>() is not null;

    /// <summary>An endpoint that names no method takes all of them.</summary>
    private static IEnumerable<(string Method, string Path)> Calls(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", .. Unsafe]
        select (method, Path(endpoint));

    private static string Path(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.RawText!.Trim('/').Split('/')
        .Select(part => part.StartsWith("{script", StringComparison.Ordinal) ? "docs.js" : part.StartsWith('{') ? "google" : part));

    private (string Method, string Path)[] Of<TKind>()
        where TKind : EndpointKindAttribute
    {
        (string, string)[] calls = [.. endpoints.Where(Says<TKind>).SelectMany(Calls)];
        Assert.NotEmpty(calls);
        return calls;
    }

    private Task<Answer> PreflightAsync(string path, string method, string origin) =>
        client.SendAsync(HttpMethod.Options, path, null, ("Origin", origin), ("Access-Control-Request-Method", method));

    private static void AssertAllowsNothing(string what, Answer answer) =>
        Assert.False(answer.Headers.Any(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)), what);

    private static void AssertKeptNowhere(string what, Answer answer) =>
        Assert.True(answer.Header("Cache-Control") == "no-store" && answer.Vary.Contains("Origin"), $"{what}: {answer}");
}
