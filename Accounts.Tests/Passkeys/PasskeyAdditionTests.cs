using System.Security.Cryptography;
using Accounts.Tests.Passwords;
using Accounts.Tests.Social;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>Adding passkeys to the user who is signed in.</summary>
public sealed class PasskeyAdditionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly Dictionary<string, Action<Ceremony>> Mutations = new()
    {
        ["type"] = c => c.Type = "webauthn.get",
        ["challenge"] = c => c.Challenge = Ceremony.Text(RandomNumberGenerator.GetBytes(32)),
        ["challenge cut"] = c => c.Challenge = c.Challenge[..^4],
        ["origin"] = c => c.Origin = "https://evil.example",
        ["origin's port"] = c => c.Origin = "http://localhost",
        ["origin's case"] = c => c.Origin = c.Origin.ToUpperInvariant(),
        ["cross-origin"] = c => c.CrossOrigin = true,
        ["top origin"] = c => c.TopOrigin = "https://evil.example",
        ["rp id"] = c => c.RpId = "evil.example",
        ["not present"] = c => c.Drop(Ceremony.Present),
        ["backed up and not eligible"] = c => c.Drop(Ceremony.Eligible),
        ["no credential"] = c => c.Drop(Ceremony.Attested),
        ["algorithm that was not offered"] = c => c.Algorithm = -8,
        ["algorithm of a curve that was not offered"] = c => c.Algorithm = -47,
        ["credential id too long"] = c => c.CredentialId = RandomNumberGenerator.GetBytes(1024),
        ["no credential id"] = c => c.CredentialId = [],
        ["another id beside it"] = c => c.OuterId = RandomNumberGenerator.GetBytes(20),
        ["credential type"] = c => c.CredentialType = "password",
        ["no response"] = c => c.Afterwards = json => json.Remove("response"),
        ["no attestation"] = c => c.Afterwards = json => json["response"]!.AsObject().Remove("attestationObject"),
        ["attestation that is none"] = c => c.Afterwards = json => json["response"]!["attestationObject"] = "AAAA",
        ["number in place of text"] = c => c.Afterwards = json => json["response"]!["clientDataJSON"] = 1,
    };

    public static TheoryData<string> Fields => [.. Mutations.Keys];

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_passkey_is_added_recorded_told_by_mail_and_the_other_sessions_end()
    {
        using var client = server.Client();
        using var other = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        await other.SignInAsync(person);
        var before = await StampAsync(person);
        using var authenticator = client.Authenticator();
        var added = await client.AddPasskeyAsync(authenticator, name: "My phone");
        Assert.True(added.Status == 201, added.ToString());
        Assert.Equal(("My phone", "true", Ceremony.Text(authenticator.CredentialId), null), (added["name"], added["synced"], added["credential_id"], added["last_used_at"]));
        Assert.EndsWith("Z", added["created_at"], StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.PasskeysAsync(
            person, "p.name = 'My phone' AND p.counter = 0 AND p.backup_eligible AND p.backed_up AND p.user_verified_at_registration AND p.transports = '{internal,hybrid}' AND p.last_used_at IS NULL"));
        Assert.Equal(["password", "passkey"], await server.Database.WaysAsync(person));
        Assert.NotEqual(before, await StampAsync(person));
        Assert.Equal(1, await server.Database.EventsAsync(person, "factor_added"));
        Assert.Contains("A passkey was added", (await server.Mailbox.WaitAsync(person.Email, 2)).Subject, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        (await other.MeAsync()).AssertAccessRefused("revoked");
        (await other.RefreshAsync()).AssertRefreshRefused("revoked");
    }

    [Fact]
    public async Task What_the_browser_is_asked_names_the_host_a_random_user_and_what_there_is_already()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        var options = (await client.BeginAdditionAsync()).PublicKey();
        Assert.Equal("localhost", options.GetProperty("rp").GetProperty("id").GetString());
        Assert.Equal(person.Email, options.GetProperty("user").GetProperty("name").GetString());
        Assert.Equal("none", options.GetProperty("attestation").GetString());
        Assert.Equal("preferred", options.GetProperty("authenticatorSelection").GetProperty("residentKey").GetString());
        Assert.Equal("preferred", options.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString());
        Assert.Contains(-7, options.GetProperty("pubKeyCredParams").EnumerateArray().Select(one => one.GetProperty("alg").GetInt32()));
        var excluded = Assert.Single(options.GetProperty("excludeCredentials").EnumerateArray());
        Assert.Equal(Ceremony.Text(authenticator.CredentialId), excluded.GetProperty("id").GetString());
        Assert.Equal(["internal", "hybrid"], excluded.GetProperty("transports").EnumerateArray().Select(one => one.GetString()));
        authenticator.Dispose();
    }

    [Theory, MemberData(nameof(Fields))]
    public async Task MF_08_Scenario_34_A_registration_in_which_one_thing_is_another_is_refused(string field)
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        using var authenticator = client.Authenticator();
        (await client.AddPasskeyAsync(authenticator, Mutations[field])).AssertRefused(400, "invalid_passkey");
        await AssertNothingAsync(person);
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator)).Status);
    }

    [Fact]
    public async Task MF_08_Scenario_34_An_id_that_another_user_has_is_refused_and_stays_theirs()
    {
        using var owner = server.Client();
        using var client = server.Client();
        var (holder, authenticator) = await server.SignInWithPasskeyAsync(owner);
        var person = await server.SignInVerifiedAsync(client);
        using var own = client.Authenticator();
        (await client.AddPasskeyAsync(own, ceremony => ceremony.CredentialId = authenticator.CredentialId)).AssertRefused(400, "invalid_passkey");
        await AssertNothingAsync(person);
        Assert.Equal(1, await server.Database.PasskeysAsync(holder));
        Assert.Equal(200, (await owner.SignInAsync(authenticator)).Status);
        authenticator.Dispose();
    }

    [Fact]
    public async Task MF_08_The_longest_id_is_kept_and_one_without_a_verified_user_is_no_first_factor()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        using var authenticator = client.Authenticator();
        var id = RandomNumberGenerator.GetBytes(1023);
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator, ceremony =>
        {
            ceremony.CredentialId = id;
            ceremony.Drop(Ceremony.Verified);
        })).Status);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "octet_length(p.credential_id) = 1023 AND NOT p.user_verified_at_registration"));
        (await client.SignInAsync(authenticator, ceremony =>
        {
            ceremony.CredentialId = id;
            ceremony.Drop(Ceremony.Verified);
        })).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task Adding_needs_a_session_and_a_recent_sign_in()
    {
        using var client = server.Client();
        (await client.BeginAdditionAsync()).AssertRefused(401, "not_authenticated");
        (await client.FinishAdditionAsync("x", [])).AssertRefused(401, "not_authenticated");
        var person = await server.SignInVerifiedAsync(client);
        using var authenticator = client.Authenticator();
        var begun = await client.BeginAdditionAsync();
        await client.AgeProofAsync(server, "11 minutes");
        (await client.BeginAdditionAsync()).AssertRefused(403, "reauthentication_required");
        (await client.FinishAdditionAsync(begun["state"], authenticator.Create(begun.PublicKey()))).AssertRefused(403, "reauthentication_required");
        await AssertNothingAsync(person);
    }

    [Fact]
    public async Task Who_has_not_verified_the_address_adds_none()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        Assert.Equal("""["mail"]""", (await client.BeginAdditionAsync())["methods"]);
        await AssertNothingAsync(person);
    }

    [Fact]
    public async Task Nobody_has_more_than_ten_even_by_two_at_once()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        authenticator.Dispose();
        await server.Database.ExecuteAsync("""
            INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, aaguid, backup_eligible, backed_up, name, user_verified_at_registration, created_at)
            SELECT gen_random_uuid(), user_id, decode(md5(random()::text), 'hex'), public_key, 0, '{}', aaguid, false, false, 'Other', true, now() FROM passkeys, generate_series(1, 8)
            WHERE user_id = (SELECT id FROM users WHERE email = @email)
            """, ("email", person.Email));
        var begun = new[] { await client.BeginAdditionAsync(), await client.BeginAdditionAsync() };
        using SoftwareAuthenticator one = client.Authenticator(), other = client.Authenticator();
        var answers = await Task.WhenAll(
            client.FinishAdditionAsync(begun[0]["state"], one.Create(begun[0].PublicKey())), client.FinishAdditionAsync(begun[1]["state"], other.Create(begun[1].PublicKey())));
        Assert.Equal([201, 409], answers.Select(answer => answer.Status).Order());
        Array.Find(answers, answer => answer.Status == 409)!.AssertRefused(409, "too_many_factors");
        (await client.BeginAdditionAsync()).AssertRefused(409, "too_many_factors");
        Assert.Equal(10, await server.Database.PasskeysAsync(person));
    }

    [Theory]
    [InlineData("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager"), InlineData("fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "Apple Passwords")]
    [InlineData("00000000-0000-0000-0000-000000000000", "Passkey"), InlineData("11111111-2222-3333-4444-555555555555", "Passkey")]
    public async Task Without_a_name_it_is_called_as_its_authenticator_is(string aaguid, string name)
    {
        using var client = server.Client();
        await server.SignInVerifiedAsync(client);
        using var authenticator = new SoftwareAuthenticator(client.Address.GetLeftPart(UriPartial.Authority)) { Aaguid = Guid.Parse(aaguid) };
        Assert.Equal(name, (await client.AddPasskeyAsync(authenticator))["name"]);
    }

    [Fact]
    public async Task What_is_missing_or_no_object_is_told_by_field()
    {
        using var client = server.Client();
        await server.SignInVerifiedAsync(client);
        (await client.PostAsync("/api/auth/factors/passkeys/finish/", new { })).AssertBody(400, """{"state":["This field is required."],"passkey":["This field is required."]}""");
        foreach (var passkey in new object[] { "no JSON", "[]", 1, true, Array.Empty<int>() })
        {
            (await client.PostAsync("/api/auth/factors/passkeys/finish/", new { state = "x", passkey })).AssertBody(400, """{"passkey":["Value must be valid JSON."]}""");
        }
        (await client.FinishAdditionAsync("x", [], new string('x', 101))).AssertBody(400, """{"name":["Ensure this field has no more than 100 characters."]}""");
    }

    [Fact]
    public async Task A_form_has_the_answer_as_text()
    {
        using var client = server.Client();
        await server.SignInVerifiedAsync(client);
        using var authenticator = client.Authenticator();
        var begun = await client.BeginAdditionAsync();
        var form = new FormUrlEncodedContent([new("state", begun["state"]), new("passkey", authenticator.Create(begun.PublicKey()).ToJsonString())]);
        Assert.Equal(201, (await client.SendAsync(HttpMethod.Post, "/api/auth/factors/passkeys/finish/", form)).Status);
    }

    [Fact]
    public async Task LG_06_An_export_has_ones_passkeys()
    {
        using var client = server.Client();
        var (_, authenticator) = await server.SignInWithPasskeyAsync(client);
        var exported = await client.GetAsync("/api/auth/me/export/");
        var passkey = Assert.Single(exported.Json.GetProperty("passkeys").EnumerateArray());
        Assert.Equal(authenticator.CredentialId, passkey.GetProperty("credential_id").GetBytesFromBase64());
        Assert.Equal("register", Assert.Single(exported.Json.GetProperty("passkey_states").EnumerateArray()).GetProperty("purpose").GetString());
        authenticator.Dispose();
    }

    private Task<string> StampAsync(Person person) => server.Database.ScalarAsync<string>("SELECT security_stamp FROM users WHERE email = @email", ("email", person.Email));

    private async Task AssertNothingAsync(Person person)
    {
        Assert.Equal(0, await server.Database.PasskeysAsync(person));
        Assert.Equal(["password"], await server.Database.WaysAsync(person));
        Assert.Equal(0, await server.Database.EventsAsync(person, "factor_added"));
    }
}
