using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>The proxy files that people copy, run by the proxies that they are for.</summary>
[Trait("Pace", "long")]
public sealed class GuardingProxyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly (string, string)[] Forged =
    [
        ("X-User-Id", "00000000-0000-7000-8000-000000000001"), ("x-username", "root"), ("X-ROLES", "admin"), ("X-Session-Id", "forged"),
        ("X_User_Id", "forged"), ("X-User_Id", "forged"), ("X_User-Id", "forged"), ("X_Username", "forged"), ("x_roles", "admin"), ("X_Session_Id", "forged"), ("X-Session_Id", "forged"), ("X_Session-Id", "forged"),
    ];

    private readonly TestServer server = shared.Server;

    [Theory, InlineData("nginx"), InlineData("caddy")]
    public async Task SG_14_The_app_learns_who_it_is_and_nothing_that_a_client_says_of_itself(string name)
    {
        await using var app = await GuardedApp.StartAsync();
        await using var proxy = await GuardingProxy.StartAsync(name, server, app);
        using var browser = new ApiClient(proxy.Address, "Tests/1.0");
        var person = await browser.RegisterSomebodyAsync();
        var nobody = await browser.GetAsync("/app/page", Forged);
        Assert.Equal((303, true), (nobody.Status, nobody.Header("Location")!.EndsWith("/sign-in", StringComparison.Ordinal)));
        Assert.Empty(app.Seen);
        var token = await browser.SignInBySessionAsync(person);
        foreach (var headers in new[] { Array.Empty<(string, string)>(), Forged })
        {
            var answer = await browser.GetAsync("/app/page", headers);
            Assert.Equal((200, "the app"), (answer.Status, answer.Text));
            Assert.True(app.Seen.TryDequeue(out var seen));
            var told = seen.Where(header => header.Key.Replace('_', '-').StartsWith("X-User", StringComparison.OrdinalIgnoreCase)
                || header.Key.Replace('_', '-').StartsWith("X-Roles", StringComparison.OrdinalIgnoreCase) || header.Key.Replace('_', '-').StartsWith("X-Session", StringComparison.OrdinalIgnoreCase))
                .Where(header => header.Value.Length > 0).ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value);
            Assert.Equal(
                new Dictionary<string, string> { ["x-user-id"] = $"{server.Session(token).UserId}", ["x-username"] = person.Username, ["x-session-id"] = $"{server.Session(token).Id}" }, told);
        }
        await server.Database.ChangeAsync(person, "roles = '{editor}'");
        Assert.Equal(200, (await browser.GetAsync("/app/page", Forged)).Status);
        Assert.True(app.Seen.TryDequeue(out var withRoles) && withRoles["X-Roles"] == "editor");
        await browser.LogoutAsync();
        Assert.Equal(303, (await browser.GetAsync("/app/page", SessionModeSteps.AsCookie(token))).Status);
        Assert.Empty(app.Seen);
    }

    [Theory, InlineData("nginx"), InlineData("caddy")]
    public async Task SG_14_A_form_of_another_site_does_not_get_through_whatever_it_says_of_its_method(string name)
    {
        await using var app = await GuardedApp.StartAsync();
        await using var proxy = await GuardingProxy.StartAsync(name, server, app);
        using var browser = new ApiClient(proxy.Address, "Tests/1.0");
        await browser.SignInBySessionAsync(await browser.RegisterSomebodyAsync());
        (string, string)[][] attacks =
        [
            [("Origin", "https://evil.example")], [("Origin", "null"), ("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")],
            [("Origin", "https://evil.example"), ("X-Original-Method", "GET")],
        ];
        foreach (var attack in attacks)
        {
            Assert.Equal(403, (await browser.PostAsync("/app/transfer", new { amount = 1 }, attack)).Status);
        }
        Assert.Empty(app.Seen);
        Assert.Equal(200, (await browser.PostAsync("/app/transfer", new { amount = 1 }, ("Sec-Fetch-Site", "same-origin"))).Status);
        Assert.Equal(200, (await browser.GetAsync("/app/transfer", ("Sec-Fetch-Site", "cross-site"))).Status);
        Assert.Equal(2, app.Seen.Count);
    }
}
