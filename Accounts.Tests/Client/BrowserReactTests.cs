using System.Text.Json;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary><c>client/examples/react</c> with <c>client/react.js</c>, in React's StrictMode, which calls every effect twice.</summary>
[Trait("Pace", "slow")]
public sealed class BrowserReactTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private const string Packages = "Accounts.Tests/Support/node/node_modules";

    private TestServer server = null!;
    private ClientApp app = null!;
    private RefreshCount refreshes = null!;
    private BrowserTab tab = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        refreshes = new RefreshCount(server);
        app = await ClientApp.StartAsync(Html());
        tab = await browser.OpenAsync();
        await tab.OpenAsync(app.Address);
        await tab.ShowsStatusAsync("Nobody is signed in");
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await app.DisposeAsync();
        refreshes.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_page_asks_once_and_knows_who_signs_in_and_out()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await EnterAsync(person);
        await tab.ShowsStatusAsync($"Signed in as {person.Username}");
        refreshes.Next();
        await tab.Page.ReloadAsync();
        await tab.ShowsStatusAsync($"Signed in as {person.Username}");
        Assert.Equal(1, refreshes.Next());
        await tab.ClickAsync("Sign out");
        await tab.ShowsStatusAsync("Nobody is signed in");
        tab.IsContent();
    }

    [Fact]
    public async Task A_provider_and_a_second_factor()
    {
        await tab.ClickAsync("Sign in with Fake provider");
        await tab.SaysAsync("Who is signing in?");
        await tab.Page.GetByText("Vera Verified").ClickAsync();
        await tab.ShowsStatusAsync("Signed in as veraverified");
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
        await tab.ClickAsync("Sign out");
        using var client = server.Client();
        var (person, enrolled) = await server.EnrolSomebodyAsync(client);
        await server.Database.ForgetStepsAsync(person);
        await EnterAsync(person);
        await tab.ShowsStatusAsync("second_factor_required");
        await tab.FillAsync("Code", FactorSteps.CodeOf(enrolled.Secret));
        await tab.ClickAsync("Go on");
        await tab.ShowsStatusAsync($"Signed in as {person.Username}");
    }

    [Fact]
    public async Task While_the_server_gives_no_answer_nothing_is_known_and_one_may_try_again()
    {
        await tab.Page.RouteAsync("**/api/auth/session/", route => route.AbortAsync());
        await tab.Page.ReloadAsync();
        await tab.ShowsStatusAsync("The server cannot be reached. Please try again.");
        await tab.Page.UnrouteAsync("**/api/auth/session/");
        await tab.ClickAsync("Try again");
        await tab.ShowsStatusAsync("Nobody is signed in");
    }

    private async Task EnterAsync(Person person)
    {
        await tab.FillAsync("Name", person.Username);
        await tab.Page.GetByLabel("Password").FillAsync(person.Password);
        await tab.ClickAsync("Sign in");
    }

    /// <summary>What a bundler does: the modules by name. React 18's own scripts are none, and come first.</summary>
    private string Html()
    {
        var imports = new Dictionary<string, string>
        {
            ["react"] = Module("export const { createContext, createElement, useCallback, useContext, useEffect, useState, useSyncExternalStore } = React;"),
            ["@accounts/client"] = $"{server.Address}accounts.js",
            ["@accounts/client/react"] = Module(Repository.Read("client/react.js")),
            ["app"] = Module(Repository.Read("client/examples/react/app.js").Replace("http://localhost:8000", $"{server.Address}".TrimEnd('/'), StringComparison.Ordinal)),
        };
        return $$"""
            <!doctype html>
            <title>React</title>
            <link rel="icon" href="data:,">
            <div id="root"></div>
            <script>{{Repository.Read($"{Packages}/react/umd/react.development.js")}}</script>
            <script>{{Repository.Read($"{Packages}/react-dom/umd/react-dom.development.js")}}</script>
            <script type="importmap">{{JsonSerializer.Serialize(new { imports })}}</script>
            <script type="module">
              import { App } from 'app';
              ReactDOM.createRoot(document.querySelector('#root')).render(React.createElement(React.StrictMode, null, React.createElement(App)));
            </script>
            """;
    }

    private static string Module(string code) => $"data:text/javascript;base64,{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(code))}";
}
