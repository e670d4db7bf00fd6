using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>What a real browser's authenticators answer, in each ceremony that there is.</summary>
[Trait("Pace", "slow")]
public sealed class ChromiumPasskeyTests(SharedServer shared, Browser browser, Postgres postgres) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;
    private BrowserTab tab = null!;
    private ChromiumAuthenticator chromium = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await server.SignInVerifiedAsync(client);
        tab = await browser.OpenAsync();
        chromium = await ChromiumAuthenticator.OnAsync(tab, $"{server.Address}forgot-password");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await tab.DisposeAsync();
    }

    [Fact]
    public async Task MF_08_Another_relying_party_reads_in_our_ceremonies_what_we_read()
    {
        var (asked, made) = await AddAsync();
        using var visitor = server.Client();
        var begun = await visitor.BeginSignInAsync();
        var signed = await chromium.GetAsync(begun.PublicKey());
        Assert.Equal(200, (await visitor.FinishSignInAsync(begun["state"], signed)).Status);
        var read = await SecondPasskeyReader.ReadAsync(
            server.Address.GetLeftPart(UriPartial.Authority), (Node(asked.PublicKey()), made), (Node(begun.PublicKey()), signed));
        Assert.Equal((true, true), ((bool)read["verified"]!, (bool)read["userVerified"]!));
        Assert.Equal((string)read["id"]!, Base64Url.EncodeToString(await ColumnAsync<byte[]>("credential_id")));
        Assert.Equal((string)read["publicKey"]!, Base64Url.EncodeToString(await ColumnAsync<byte[]>("public_key")));
        Assert.Equal((long)read["counter"]!, await ColumnAsync<long>("counter"));
        Assert.Equal(Guid.Parse((string)read["aaguid"]!), await ColumnAsync<Guid>("aaguid"));
    }

    [Fact]
    public async Task SG_23_A_sign_in_page_offers_the_passkey_as_it_loads()
    {
        await AddAsync();
        using var visitor = server.Client();
        var begun = await visitor.BeginSignInAsync();
        var signed = await chromium.GetAsync(Node(begun.PublicKey()), mediation: "conditional");
        (await visitor.FinishSignInAsync(begun["state"], signed)).AssertProved("aal2", "pop", "user", "mfa");
    }

    [Fact]
    public async Task MF_06_After_the_password_the_passkey_is_the_second_factor()
    {
        await AddAsync();
        using var visitor = server.Client();
        var ticket = await visitor.TicketAsync(person);
        var begun = await visitor.PostAsync("/api/auth/login/passkey/begin/", new { ticket });
        Assert.Single(begun.PublicKey().GetProperty("allowCredentials").EnumerateArray());
        var passkey = await chromium.GetAsync(begun.PublicKey());
        (await visitor.FinishSignInAsync(begun["state"], passkey)).AssertRefused(401, "invalid_credentials");
        begun = await visitor.PostAsync("/api/auth/login/passkey/begin/", new { ticket });
        passkey = await chromium.GetAsync(begun.PublicKey());
        var answer = await visitor.PostAsync("/api/auth/login/second-factor/", new { ticket, state = begun["state"], passkey });
        answer.AssertProved("aal2", "pwd", "pop", "user", "mfa");
    }

    [Fact]
    public async Task MF_09_An_assertion_that_verified_nobody_signs_in_nobody_whose_passkey_did_when_it_was_made()
    {
        await AddAsync();
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.user_verified_at_registration"));
        await chromium.VerifyNobodyAsync();
        using var visitor = server.Client();
        var begun = await visitor.BeginSignInAsync();
        // The page, too, is the attacker's.
        var options = Node(begun.PublicKey());
        options["userVerification"] = "discouraged";
        (await visitor.FinishSignInAsync(begun["state"], await chromium.GetAsync(options))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.last_used_at IS NULL"));
    }

    [Fact]
    public async Task MF_09_A_page_of_another_origin_gets_nothing_that_signs_in()
    {
        await AddAsync();
        await using var foreign = await TestServer.StartAsync(postgres);
        await tab.OpenAsync($"{foreign.Address}forgot-password");
        using var visitor = server.Client();
        var begun = await visitor.BeginSignInAsync();
        (await visitor.FinishSignInAsync(begun["state"], await chromium.GetAsync(begun.PublicKey()))).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task Two_devices_have_a_passkey_each_and_one_that_is_removed_signs_in_no_more()
    {
        await AddAsync();
        await chromium.PlugInAsync("usb");
        server.HasProved(client);
        await AddAsync();
        Assert.Equal(2, await server.Database.PasskeysAsync(person));
        using var visitor = server.Client();
        var begun = await visitor.BeginSignInAsync();
        Assert.Equal(200, (await visitor.FinishSignInAsync(begun["state"], await chromium.GetAsync(begun.PublicKey()))).Status);
        var second = (await client.GetAsync(PasskeySteps.Factors)).Json.GetProperty("passkeys")[1].GetProperty("id").GetString()!;
        Assert.Equal(204, (await client.RemoveFactorAsync(second)).Status);
        begun = await visitor.BeginSignInAsync();
        (await visitor.FinishSignInAsync(begun["state"], await chromium.GetAsync(begun.PublicKey()))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.last_used_at IS NULL"));
    }

    private async Task<(Answer Asked, JsonObject Made)> AddAsync()
    {
        var asked = await client.BeginAdditionAsync();
        Assert.True(asked.Status == 200, asked.ToString());
        var made = await chromium.CreateAsync(asked.PublicKey());
        var added = await client.FinishAdditionAsync(asked["state"], made);
        Assert.True(added.Status == 201, added.ToString());
        return (asked, made);
    }

    private static JsonNode Node(JsonElement json) => JsonNode.Parse(json.GetRawText())!;

    private Task<T> ColumnAsync<T>(string column) => server.Database.ScalarAsync<T>($"SELECT p.{column} FROM passkeys p JOIN users u ON u.id = p.user_id WHERE u.email = @email", ("email", person.Email));
}
