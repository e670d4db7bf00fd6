using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Accounts.Tests.Deletion;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>Signing in with a passkey and nothing else.</summary>
public sealed class PasskeySignInTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly Dictionary<string, Action<Ceremony>> Mutations = new()
    {
        ["type"] = c => c.Type = "webauthn.create",
        ["challenge"] = c => c.Challenge = Ceremony.Text(RandomNumberGenerator.GetBytes(32)),
        ["origin"] = c => c.Origin = "https://evil.example",
        ["cross-origin"] = c => c.CrossOrigin = true,
        ["top origin"] = c => c.TopOrigin = "https://evil.example",
        ["rp id"] = c => c.RpId = "evil.example",
        ["not present"] = c => c.Drop(Ceremony.Present),
        ["not verified"] = c => c.Drop(Ceremony.Verified),
        ["no longer eligible for backup"] = c => c.Flags &= unchecked((byte)~(Ceremony.Eligible | Ceremony.BackedUp)),
        ["backed up and not eligible"] = c => c.Drop(Ceremony.Eligible),
        ["another key"] = c => c.Key = ECDsa.Create(ECCurve.NamedCurves.nistP256),
        ["signature over other client data"] = c => c.SignsOther = true,
        ["signature that is none"] = c => c.Afterwards = json => json["response"]!["signature"] = "AAAA",
        ["no signature"] = c => c.Afterwards = json => json["response"]!.AsObject().Remove("signature"),
        ["another credential id"] = c => c.CredentialId = RandomNumberGenerator.GetBytes(20),
        ["no handle"] = c => c.Handle = null,
        ["empty handle"] = c => c.Handle = [],
        ["nobody's handle"] = c => c.Handle = System.Text.Encoding.ASCII.GetBytes(Ceremony.Text(RandomNumberGenerator.GetBytes(32))),
        ["handle with white space"] = c => c.Handle = [.. c.Handle!, (byte)' '],
        ["credential type"] = c => c.CredentialType = "password",
    };

    public static TheoryData<string> Fields => [.. Mutations.Keys];

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task MF_09_A_passkey_signs_in_alone_and_counts_for_two_factors()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        using var browser = server.Client();
        var begun = await browser.BeginSignInAsync();
        var options = begun.PublicKey();
        Assert.False(options.TryGetProperty("allowCredentials", out _));
        Assert.Equal(("localhost", "required"), (options.GetProperty("rpId").GetString(), options.GetProperty("userVerification").GetString()));
        var signedIn = await browser.FinishSignInAsync(begun["state"], authenticator.Get(options));
        Assert.True(signedIn.Status == 200, signedIn.ToString());
        Assert.Equal(person.Email, signedIn.Json.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal(["password", "passkey"], signedIn.Json.GetProperty("user").GetProperty("ways").EnumerateArray().Select(way => way.GetString()));
        Assert.Equal(["pop", "user", "mfa"], AccessTokenText.ClaimsOf(signedIn.Access).GetProperty("amr").EnumerateArray().Select(method => method.GetString()));
        Assert.NotNull(signedIn.RefreshCookie);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.last_used_at IS NOT NULL"));
        Assert.Equal(2, await server.Database.EventsAsync(person, "signed_in"));
        authenticator.Dispose();
    }

    [Theory, MemberData(nameof(Fields))]
    public async Task MF_09_Scenario_34_An_assertion_in_which_one_thing_is_another_is_refused(string field)
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        using var browser = server.Client();
        var refused = await browser.SignInAsync(authenticator, Mutations[field]);
        refused.AssertRefused(401, "invalid_credentials");
        Assert.Empty(refused.SetCookies);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.last_used_at IS NULL"));
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(200, (await browser.SignInAsync(authenticator)).Status);
        authenticator.Dispose();
    }

    [Fact]
    public async Task MF_09_Scenario_34_One_users_assertion_with_anothers_handle_is_refused()
    {
        using var client = server.Client();
        using var victims = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        var (victim, others) = await server.SignInWithPasskeyAsync(victims);
        using var browser = server.Client();
        (await browser.SignInAsync(authenticator, ceremony => ceremony.Handle = others.Handle)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(1, await server.Database.LiveSessionsAsync(victim));
        authenticator.Dispose();
        others.Dispose();
    }

    [Fact]
    public async Task MF_09_A_key_that_may_not_be_copied_is_refused_once_it_says_that_it_may()
    {
        using var client = server.Client();
        var person = await Social.SocialSteps.SignInVerifiedAsync(server, client);
        using var authenticator = new SoftwareAuthenticator(client.Address.GetLeftPart(UriPartial.Authority)) { Flags = Ceremony.Present | Ceremony.Verified };
        Assert.Equal("false", (await client.AddPasskeyAsync(authenticator))["synced"]);
        (await client.SignInAsync(authenticator, ceremony => ceremony.Add(Ceremony.Eligible))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.SignInAsync(authenticator)).Status);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "NOT p.backup_eligible AND NOT p.backed_up"));
    }

    /// <summary>The framework reads names in any case, and the last of two.</summary>
    [Fact]
    public async Task MF_09_A_name_in_another_case_is_not_looked_at()
    {
        using var client = server.Client();
        var (_, authenticator) = await server.SignInWithPasskeyAsync(client);
        using var browser = server.Client();
        (await browser.SignInAsync(authenticator, ceremony => ceremony.Afterwards = json =>
        {
            var response = json["response"]!.AsObject();
            response["AuthenticatorData"] = response["authenticatorData"]!.DeepClone();
            response["authenticatorData"] = Ceremony.Text(new byte[37]);
        })).AssertRefused(401, "invalid_credentials");
        authenticator.Dispose();
    }

    [Fact]
    public async Task A_backup_that_comes_or_goes_is_noted()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        Assert.Equal(200, (await client.SignInAsync(authenticator, ceremony => ceremony.Drop(Ceremony.BackedUp))).Status);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.backup_eligible AND NOT p.backed_up"));
        authenticator.Dispose();
    }

    [Fact]
    public async Task Who_is_not_active_is_refused_as_for_a_wrong_passkey_and_who_has_deleted_the_account_has_it_back()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        await server.Database.ChangeAsync(person, "is_active = false");
        (await client.SignInAsync(authenticator)).AssertRefused(401, "invalid_credentials");
        await server.Database.ChangeAsync(person, "is_active = true");
        Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
        (await client.SignInAsync(authenticator)).AssertRefused(403, "account_deleted");
        var begun = await client.BeginSignInAsync();
        var restored = await client.FinishSignInAsync(begun["state"], authenticator.Get(begun.PublicKey()), restore: true);
        Assert.Equal((200, "true"), (restored.Status, restored["restored"]));
        authenticator.Dispose();
    }

    [Fact]
    public async Task What_is_missing_is_told_by_field_and_nonsense_is_no_passkey()
    {
        using var client = server.Client();
        (await client.PostAsync("/api/auth/login/passkey/finish/", new { })).AssertBody(400, """{"state":["This field is required."],"passkey":["This field is required."]}""");
        foreach (var passkey in new JsonObject[] { [], new() { ["id"] = 1 }, new() { ["response"] = "x" }, new() { ["id"] = "AA", ["type"] = "public-key", ["response"] = new JsonObject() } })
        {
            var begun = await client.BeginSignInAsync();
            (await client.FinishSignInAsync(begun["state"], passkey)).AssertRefused(401, "invalid_credentials");
        }
        (await client.FinishSignInAsync("unknown", [])).AssertRefused(401, "invalid_credentials");
    }
}
