using System.Text.Json;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>A real browser with an authenticator makes a passkey and signs in with it.</summary>
[Trait("Pace", "slow")]
public sealed class BrowserPasskeyTests(SharedServer shared, Browser browser) : IClassFixture<SharedServer>
{
    /// <summary>What a page of a front end does, by nothing but what browsers have.</summary>
    private const string Page = """
        async ({ email, password }) => {
          let access;
          const call = async (path, body) => {
            const headers = { 'Content-Type': 'application/json', ...(access ? { Authorization: `Bearer ${access}` } : {}) };
            const response = await fetch(`/api/auth/${path}/`, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
            return { status: response.status, ...await response.json() };
          };
          const one = PublicKeyCredential;
          access = (await call('login', { email, password })).access;
          const adding = await call('factors/passkeys/begin');
          const made = await navigator.credentials.create({ publicKey: one.parseCreationOptionsFromJSON(adding.publicKey) });
          const added = await call('factors/passkeys/finish', { state: adding.state, passkey: made.toJSON() });
          const unproved = await call('factors/passkeys/begin');
          const asked = await call('login/passkey/begin');
          const proof = await navigator.credentials.get({ publicKey: one.parseRequestOptionsFromJSON(asked.publicKey) });
          access = (await call('reauthenticate', { state: asked.state, passkey: proof.toJSON() })).access;
          const again = await call('factors/passkeys/begin');
          let excluded;
          try {
            await navigator.credentials.create({ publicKey: one.parseCreationOptionsFromJSON(again.publicKey) });
          } catch (refusal) {
            excluded = refusal.name;
          }
          access = undefined;
          const begun = await call('login/passkey/begin');
          const signed = await navigator.credentials.get({ publicKey: one.parseRequestOptionsFromJSON(begun.publicKey) });
          const signedIn = await call('login/passkey/finish', { state: begun.state, passkey: signed.toJSON() });
          const signals = 'signalAllAcceptedCredentials' in one;
          if (signals) {
            await one.signalAllAcceptedCredentials({ rpId: adding.publicKey.rp.id, userId: adding.publicKey.user.id, allAcceptedCredentialIds: [added.credential_id] });
          }
          return JSON.stringify({ added, unproved, excluded, signedIn });
        }
        """;

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_browser_makes_a_passkey_once_and_signs_in_with_it()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        await using var tab = await browser.OpenAsync();
        var devtools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        await tab.OpenAsync($"{server.Address}forgot-password");
        var done = JsonDocument.Parse(await tab.Page.EvaluateAsync<string>(Page, new { email = person.Email, password = person.Password })).RootElement;
        Assert.Equal(201, done.GetProperty("added").GetProperty("status").GetInt32());
        Assert.Equal("reauthentication_required", done.GetProperty("unproved").GetProperty("code").GetString());
        Assert.Equal("InvalidStateError", done.GetProperty("excluded").GetString());
        Assert.True(done.GetProperty("signedIn").GetProperty("status").GetInt32() == 200, done.ToString());
        Assert.Equal(person.Email, done.GetProperty("signedIn").GetProperty("user").GetProperty("email").GetString());
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.counter > 0 AND p.transports = '{internal}' AND p.user_verified_at_registration AND p.last_used_at IS NOT NULL"));
        tab.IsContent();
    }
}
