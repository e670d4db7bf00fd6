using System.Net.Http.Json;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Tests.Admin;
using Accounts.Tests.Http;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>Who may call which route, Development's too: one table, held against what every route declares and against what it answers.</summary>
public sealed class AccessTests(Postgres postgres) : IAsyncLifetime
{
    private const string Anonymous = "anonymous", SignedIn = "signed-in", Recent = "recent", Administrator = "administrator", RecentAdministrator = "administrator, recent";

    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres, ("Accounts:Throttling:Enabled", "false"));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public void RO_01_Every_route_declares_who_may_call_it_and_the_table_says_the_same() =>
        Assert.Equal(Repository.Read("Accounts.Tests/House/access.txt").Trim().Split('\n').Select(line => line.TrimEnd()), Routes().Select(route => route.ToString()).Distinct());

    [Fact]
    public void RO_01_What_declares_nothing_or_two_things_is_found()
    {
        Assert.Throws<InvalidOperationException>(() => AccessOf(Made()));
        Assert.Throws<InvalidOperationException>(() => AccessOf(Made(new AllowAnonymousAttribute(), new AdministratorsOnlyAttribute())));
        Assert.Throws<InvalidOperationException>(() => AccessOf(Made(new AllowAnonymousAttribute(), new DemandsStepUpAttribute())));
        Assert.Throws<InvalidOperationException>(() => AccessOf(Made(new DemandsStepUpAttribute())));
        Assert.Equal(RecentAdministrator, AccessOf(Made(new AdministratorsOnlyAttribute(), new DemandsStepUpAttribute())));
    }

    [Fact]
    public async Task RO_01_Who_is_not_signed_in_gets_no_further_than_401()
    {
        using var nobody = server.Client();
        foreach (var route in Routes().Where(route => route.Access != Anonymous))
        {
            (await route.CallAsync(nobody)).AssertRefused(401, "not_authenticated");
        }
        nobody.Access = "garbage";
        foreach (var route in Routes().Where(route => route.Access != Anonymous))
        {
            (await route.CallAsync(nobody)).AssertAccessRefused("invalid");
        }
    }

    [Theory]
    [InlineData("{}"), InlineData("{editor}"), InlineData("{administrator,admins,adm}")]
    public async Task RO_01_Who_is_no_administrator_gets_no_further_than_403(string roles)
    {
        using var somebody = server.Client();
        var person = await server.VerifiedAsync(somebody);
        await server.Database.ChangeAsync(person, $"roles = '{roles}'");
        var routes = Routes().Where(route => route.Access is Administrator or RecentAdministrator).ToArray();
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            (await route.CallAsync(somebody)).AssertRefused(403, "permission_denied");
        }
    }

    [Fact]
    public async Task RO_08_What_takes_a_proof_of_a_moment_ago_is_refused_without_one()
    {
        using var admin = server.Client();
        var person = await server.SignInAdministratorAsync(admin);
        await server.Database.LetTimePassAsync(admin, person);
        var routes = Routes().Where(route => route.Access is Recent or RecentAdministrator).ToArray();
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            var answer = await route.CallAsync(admin);
            answer.AssertRefused(403, "reauthentication_required");
            Assert.Contains("max_age=\"600\"", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RO_01_Only_an_access_token_is_taken_for_one()
    {
        using var admin = server.Client();
        await server.SignInAdministratorAsync(admin);
        foreach (var token in new[] { admin.RefreshCookie!, $"{admin.Access}x", "acc_pat_x" })
        {
            (await admin.GetAsync(AdminSteps.Users, ("Authorization", $"Bearer {token}"))).AssertAccessRefused("invalid");
        }
        admin.Access = null;
        (await admin.GetAsync(AdminSteps.Users)).AssertRefused(401, "not_authenticated");
    }

    [Theory]
    [InlineData("/ADMIN"), InlineData("/api/ADMIN/users/"), InlineData("/api//admin/users/"), InlineData("/api/admin%2fusers/"), InlineData("/api/x/..%5cadmin/users/"), InlineData("/api/x/%2e%2e/admin/users/")]
    [InlineData("/api/admin;a=b/users/"), InlineData("/api/admin./users/"), InlineData("/api/admin/users/."), InlineData("/api/admin/users/.json"), InlineData("/api/admin/users%00"), InlineData("/api/auth/../admin/users/"), InlineData("/api\\admin\\users")]
    public async Task RO_02_No_spelling_of_a_path_gets_around_the_role(string path)
    {
        using var client = server.Client();
        var person = await server.VerifiedAsync(client);
        foreach (var access in new[] { null, client.Access })
        {
            client.Access = access;
            var answer = await client.GetAsync(path);
            Assert.True(answer.Status is 400 or 401 or 403 or 404, answer.ToString());
            Assert.DoesNotContain(person.Email, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RO_05_What_is_anothers_is_not_there()
    {
        using var victim = server.Client();
        using var other = server.Client();
        await server.SignInVerifiedAsync(victim);
        await other.SignInSomebodyAsync();
        await victim.EnrolAsync();
        var (session, factor) = (TokenText.SessionOf(victim.RefreshCookie!), await victim.FactorIdAsync());
        var before = await server.Database.SettledDumpAsync();
        foreach (var (method, path) in new[] { ("DELETE", $"sessions/{session}"), ("DELETE", $"factors/{factor}"), ("PATCH", $"factors/{factor}"), ("DELETE", $"devices/{session}") })
        {
            var answer = await other.SendAsync(new HttpMethod(method), $"/api/auth/{path}/", method == "PATCH" ? JsonContent.Create(new { name = "mine" }) : null);
            answer.AssertRefused(404, "not_found");
        }
        Assert.Equal(before, await server.Database.DumpAsync());
    }

    private sealed record Route(string Method, string Path, string Pattern, string Access)
    {
        public Task<Answer> CallAsync(ApiClient client) => client.SendAsync(new HttpMethod(Method), Path, null, ("Accept", "application/json"));

        public override string ToString() => $"{Method} {Pattern} {Access}";
    }

    private Route[] Routes() =>
    [
        .. from endpoint in server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           where method != "HEAD"
           let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
           orderby pattern, method
           select new Route(method, ServerRoutes.Path(endpoint), pattern, AccessOf(endpoint)),
    ];

    private static string AccessOf(Endpoint endpoint) => (Says<IAllowAnonymous>(endpoint), Says<AdministratorsOnlyAttribute>(endpoint), Says<DemandsStepUpAttribute>(endpoint), Says<IAuthorizeData>(endpoint)) switch
    {
        (true, false, false, false) => Anonymous,
        (false, true, false, true) => Administrator,
        (false, true, true, true) => RecentAdministrator,
        (false, false, true, true) => Recent,
        (false, false, false, true) => SignedIn,
        _ => throw new InvalidOperationException($"{endpoint.DisplayName} declares nothing, or two things."),
    };

    private static bool Says<T>(Endpoint endpoint)
        where T : class => endpoint.Metadata.GetMetadata<T>() is not null;

    private static RouteEndpoint Made(params object[] metadata) => new(_ => Task.CompletedTask, RoutePatternFactory.Parse("/x"), 0, new EndpointMetadataCollection(metadata), "x");
}
