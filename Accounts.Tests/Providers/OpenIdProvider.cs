using System.Diagnostics;
using System.Net;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>An OpenID provider that is not ours, in Google's place, and by its issuer alone: npm's oidc-provider, which insists on PKCE.</summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    private readonly Process process;

    private OpenIdProvider(Process process, int port) => (this.process, Address) = (process, $"http://localhost:{port}");

    public string Address { get; }

    public (string, string)[] Settings =>
    [
        ("Accounts:Social:Google:ClientId", ProviderDouble.ClientId), ("Accounts:Social:Google:ClientSecret", ProviderDouble.ClientSecret),
        ("Accounts:Social:Google:AuthorizationUrl", $"{Address}/auth"), ("Accounts:Social:Google:TokenUrl", $"{Address}/token"),
        ("Accounts:Social:Google:UserInfoUrl", $"{Address}/me"), ("Accounts:Social:Google:KeysUrl", $"{Address}/jwks"),
        ("Accounts:Social:Google:Issuer", Address),
        ("Accounts:Social:Oidc:Oidc:ClientId", ProviderDouble.ClientId), ("Accounts:Social:Oidc:Oidc:ClientSecret", ProviderDouble.ClientSecret),
        ("Accounts:Social:Oidc:Oidc:Issuer", Address),
    ];

    public static async Task<OpenIdProvider> StartAsync(params string[] redirectUris)
    {
        var port = TestSettings.FreePort();
        var script = Path.Combine(Repository.Folder, "Accounts.Tests/Support/node/openid-provider.mjs");
        var process = Process.Start(new ProcessStartInfo("node", [script, $"{port}", ProviderDouble.ClientId, ProviderDouble.ClientSecret, .. redirectUris])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                return new OpenIdProvider(process, port);
            }
        }
        throw new InvalidOperationException($"oidc-provider did not start: run ./test, which sets up what the tests need.\n{await error}");
    }

    /// <summary>What a browser goes through there: where it is sent back to in the end.</summary>
    public static async Task<string> VisitAsync(string address, string account)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var (start, here) = (new Uri(address), new Uri(QueryHelpers.AddQueryString(address, "login_hint", account)));
        for (var step = 0; step < 12; step++)
        {
            using var answer = await browser.GetAsync(here);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther, $"{here}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            here = new Uri(here, answer.Headers.Location!);
            if (here.Authority != start.Authority)
            {
                return here.ToString();
            }
        }
        throw new InvalidOperationException($"The provider sends the browser round in circles: {here}");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
