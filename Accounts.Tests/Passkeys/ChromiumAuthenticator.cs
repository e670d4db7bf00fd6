using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Microsoft.Playwright;

namespace Accounts.Tests.Passkeys;

/// <summary>A browser with an authenticator that confirms whatever it is asked, on a page of some origin.</summary>
internal sealed class ChromiumAuthenticator
{
    private readonly IPage page;
    private readonly ICDPSession devtools;
    private string authenticator = "";

    private ChromiumAuthenticator(IPage page, ICDPSession devtools)
    {
        (this.page, this.devtools) = (page, devtools);
    }

    /// <param name="tab">a new one</param>
    /// <param name="address">of a page that asks for passkeys</param>
    public static async Task<ChromiumAuthenticator> OnAsync(BrowserTab tab, string address)
    {
        var made = new ChromiumAuthenticator(tab.Page, await tab.Page.Context.NewCDPSessionAsync(tab.Page));
        await made.devtools.SendAsync("WebAuthn.enable");
        await made.PlugInAsync("internal");
        await tab.OpenAsync(address);
        return made;
    }

    /// <summary>Another device, that alone is touched from now on.</summary>
    /// <param name="transport">which a browser has one internal of</param>
    public async Task PlugInAsync(string transport)
    {
        if (authenticator.Length > 0)
        {
            await devtools.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new Dictionary<string, object> { ["authenticatorId"] = authenticator, ["enabled"] = false });
        }
        var added = await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport, hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        authenticator = added!.Value.GetProperty("authenticatorId").GetString()!;
    }

    /// <summary>From now on it verifies nobody.</summary>
    public Task VerifyNobodyAsync() => devtools.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object> { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });

    public Task<JsonObject> CreateAsync(JsonElement options) =>
        CallAsync("async (options) => JSON.stringify((await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) })).toJSON())", options);

    /// <param name="options">of the server</param>
    /// <param name="mediation">conditional: as a sign-in page asks as it loads</param>
    public Task<JsonObject> GetAsync(JsonNode options, string mediation = "optional") =>
        CallAsync($"async (options) => JSON.stringify((await navigator.credentials.get({{ mediation: '{mediation}', publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) }})).toJSON())", options);

    public Task<JsonObject> GetAsync(JsonElement options) => GetAsync(JsonNode.Parse(options.GetRawText())!);

    private async Task<JsonObject> CallAsync(string script, object options) =>
        JsonNode.Parse(await page.EvaluateAsync<string>(script, options.ToString()))!.AsObject();
}
