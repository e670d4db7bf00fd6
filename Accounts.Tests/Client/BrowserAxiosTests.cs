using System.Text.Json;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary><c>client/axios.js</c>: Axios goes by the rules of the client's own <c>fetch</c>.</summary>
[Trait("Pace", "long")]
public sealed class BrowserAxiosTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private const string Me = "**/api/auth/me/", Export = "api.get('/api/auth/me/export/')";

    /// <summary>With the packages of the example.</summary>
    private const string Begin = """
        async server => {
          const [{ default: axios }, { createAccounts }, { authorize }] = await Promise.all([import('axios'), import('@accounts/client'), import('@accounts/client/axios')]);
          window.prove = () => false;
          window.accounts = createAccounts({ baseUrl: server, onReauthenticate: challenge => prove(challenge) });
          window.api = axios.create({ baseURL: server });
          authorize(api, accounts);
          await accounts.start();
        }
        """;

    private TestServer server = null!;
    private ExampleSite site = null!;
    private RefreshCount refreshes = null!;
    private BrowserTab tab = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        site = await ExampleSite.StartAsync("axios", server.Address);
        refreshes = new RefreshCount(server);
        tab = await browser.OpenAsync();
        using var client = server.Client();
        person = await client.RegisterSomebodyAsync();
        await OpenAsync();
        await tab.LoginAsync(person);
        refreshes.Next();
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        refreshes.Dispose();
        await site.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_the_server_takes_no_more_is_renewed_once_and_the_request_sent_again_with_its_body()
    {
        var sent = new List<string?>();
        await tab.Page.RouteAsync(Me, route => RefuseAsync(route, sent), new() { Times = 1 });
        var answer = await tab.RunAsync("api.patch('/api/auth/me/', { first_name: 'Ann' }).then(({ data }) => data)");
        Assert.Equal(("Ann", 1), (answer.Text("first_name"), refreshes.Next()));
        Assert.Equal(["""{"first_name":"Ann"}"""], sent);
    }

    [Fact]
    public async Task What_is_refused_again_is_refused_as_Axios_does_it()
    {
        var sent = new List<string?>();
        await tab.Page.RouteAsync(Me, route => RefuseAsync(route, sent));
        var refusal = await tab.RunAsync("api.get('/api/auth/me/').catch(({ name, response }) => ({ name, status: response.status, code: response.data.code }))");
        Assert.Equal(("AxiosError", "401", "token_not_valid"), (refusal.Text("name"), refusal.Text("status"), refusal.Text("code")));
        Assert.Equal((2, 1), (sent.Count, refreshes.Next()));
        sent.Clear();
        await tab.RunAsync("api.get('/api/auth/me/').catch(({ config }) => api(config)).catch(() => 0)");
        Assert.Equal(4, sent.Count);
    }

    [Fact]
    public async Task A_proof_is_asked_for_and_the_request_sent_again()
    {
        await server.Database.ExecuteAsync("UPDATE sessions SET auth_time = auth_time - interval '11 minutes'");
        await OpenAsync();
        Assert.Equal("reauthentication_required", (await tab.RunAsync($"{Export}.catch(({{ response }}) => response.data)")).Text("code"));
        await tab.Page.EvaluateAsync("given => { window.prove = async () => { await accounts.reauthenticate({ password: given }); return true; }; }", person.Password);
        Assert.Contains(person.Email, (await tab.RunAsync($"{Export}.then(({{ data }}) => JSON.stringify(data))")).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_goes_to_listed_origins_alone_and_what_others_are_sent_is_left()
    {
        const string elsewhere = "http://elsewhere.example/";
        await tab.Page.RouteAsync($"{elsewhere}**", route => route.FulfillAsync(new() { Body = route.Request.Headers.GetValueOrDefault("authorization") ?? "", Headers = Allowing("authorization") }));
        Assert.Equal("", (await AskAsync($"{elsewhere}orders", "")).GetString());
        Assert.Equal("Basic eDp5", (await AskAsync($"{elsewhere}orders", "headers: { Authorization: 'Basic eDp5' }")).GetString());
        await tab.RunAsync("accounts.logout()");
        await tab.Page.RouteAsync(Me, route => route.FulfillAsync(new() { Body = route.Request.Headers.GetValueOrDefault("authorization") ?? "", Headers = Allowing("") }));
        Assert.Equal("", (await AskAsync("/api/auth/me/", "")).GetString());
    }

    [Fact]
    public async Task Without_a_network_it_is_Axios_that_says_so()
    {
        await tab.Page.RouteAsync(Me, route => route.AbortAsync());
        Assert.Equal("ERR_NETWORK", (await tab.RunAsync("api.get('/api/auth/me/')")).Text("error"));
        Assert.Equal(person.Username, await tab.UserAsync());
    }

    private Task<JsonElement> AskAsync(string address, string options) => tab.RunAsync($"api.get('{address}', {{ {options} }}).then(({{ data }}) => data)");

    private Task RefuseAsync(IRoute route, List<string?> sent)
    {
        sent.Add(route.Request.PostData);
        return route.FulfillAsync(new()
        {
            Status = 401, ContentType = "application/json", Headers = Allowing(""),
            Body = """{"detail": "Given token not valid for any token type", "code": "token_not_valid", "reason": "expired"}""",
        });
    }

    private Dictionary<string, string> Allowing(string headers) => new()
    {
        ["Access-Control-Allow-Origin"] = site.Address.TrimEnd('/'), ["Access-Control-Allow-Headers"] = headers,
    };

    private async Task OpenAsync()
    {
        await tab.OpenAsync(site.Address);
        await tab.Page.EvaluateAsync(Begin, $"{server.Address}");
    }
}
