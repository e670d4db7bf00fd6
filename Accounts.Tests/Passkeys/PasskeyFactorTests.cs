using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>A passkey beside another proof: at a sign-in that waits, and to prove once more who is signed in.</summary>
public sealed class PasskeyFactorTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Export = "/api/auth/me/export/";

    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, browser = null!;
    private Person person = null!;
    private SoftwareAuthenticator authenticator = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, browser) = (server.Client(), server.Client());
        (person, authenticator) = await server.SignInWithPasskeyAsync(owner);
    }

    public ValueTask DisposeAsync()
    {
        authenticator.Dispose();
        owner.Dispose();
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Beside a password the key alone is the second factor, whether it knows who uses it or not.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task MF_06_The_password_of_who_has_a_passkey_gets_a_ticket_that_the_passkey_makes_a_session_of(bool isVerified)
    {
        var login = await browser.LoginAsync(person);
        login.AssertRefused(403, "second_factor_required");
        Assert.Contains("passkey", login["methods"], StringComparison.Ordinal);
        var begun = await BeginAsync(browser, login["ticket"]);
        var options = begun.PublicKey();
        Assert.Equal("preferred", options.GetProperty("userVerification").GetString());
        Assert.Single(options.GetProperty("allowCredentials").EnumerateArray());
        var passkey = authenticator.Get(options, ceremony => Verify(ceremony, isVerified));
        var answer = await ProveAsync(browser, login["ticket"], begun["state"], passkey);
        answer.AssertProved("aal2", isVerified ? ["pwd", "pop", "user", "mfa"] : ["pwd", "pop", "mfa"]);
        (await ProveAsync(browser, login["ticket"], begun["state"], passkey)).AssertRefused(401, "invalid_ticket");
    }

    [Theory]
    [InlineData("somebody else's passkey"), InlineData("a state of signing in"), InlineData("a state of proving it once more"), InlineData("a state that was spent"), InlineData("no state")]
    public async Task MF_10_A_ticket_takes_no_passkey_of(string what)
    {
        using var other = server.Client();
        var (_, theirs) = await server.SignInWithPasskeyAsync(other);
        var ticket = await browser.TicketAsync(person);
        var begun = what switch
        {
            "a state of signing in" => await browser.BeginSignInAsync(),
            "a state of proving it once more" => await BeginAsync(owner, null),
            _ => await BeginAsync(browser, ticket),
        };
        var (state, passkey) = (begun["state"], (what == "somebody else's passkey" ? theirs : authenticator).Get(begun.PublicKey()));
        if (what == "a state that was spent")
        {
            (await ProveAsync(browser, ticket, state, theirs.Get(begun.PublicKey()))).AssertRefused(401, "invalid_credentials");
        }
        var answer = await ProveAsync(browser, ticket, what == "no state" ? "x" : state, passkey);
        answer.AssertRefused(401, "invalid_credentials");
        Assert.Null(browser.RefreshCookie);
        theirs.Dispose();
    }

    [Fact]
    public async Task SG_01_Who_has_a_passkey_proves_it_once_more_by_it_and_by_no_password()
    {
        await owner.AgeProofAsync(server);
        (await owner.GetAsync(Export)).AssertRefused(403, "reauthentication_required");
        owner.Access = (await owner.ReauthenticateAsync(new { password = person.Password })).Access;
        var refused = await owner.GetAsync(Export);
        Assert.Equal(("reauthentication_required", "aal2"), (refused["code"], refused["acr"]));
        var begun = await BeginAsync(owner, null);
        Assert.Equal("required", begun.PublicKey().GetProperty("userVerification").GetString());
        var unverified = await owner.ReauthenticateAsync(new { state = begun["state"], passkey = authenticator.Get(begun.PublicKey(), ceremony => Verify(ceremony, false)) });
        unverified.AssertRefused(401, "invalid_credentials");
        begun = await BeginAsync(owner, null);
        var answer = await owner.ReauthenticateAsync(new { state = begun["state"], passkey = authenticator.Get(begun.PublicKey()) });
        answer.AssertProved("aal2", "pop", "user", "mfa");
        owner.Access = answer.Access;
        Assert.Equal(200, (await owner.GetAsync(Export)).Status);
    }

    [Fact]
    public async Task MF_04_A_ticket_that_is_good_for_nothing_begins_nothing() =>
        (await BeginAsync(browser, new string('x', 43))).AssertRefused(401, "invalid_ticket");

    private static void Verify(Ceremony ceremony, bool isVerified)
    {
        if (!isVerified)
        {
            ceremony.Drop(Ceremony.Verified);
        }
    }

    private static Task<Answer> BeginAsync(ApiClient client, string? ticket) =>
        client.PostAsync("/api/auth/login/passkey/begin/", ticket is null ? new { } : new { ticket });

    private static Task<Answer> ProveAsync(ApiClient client, string? ticket, string? state, System.Text.Json.Nodes.JsonObject passkey) =>
        client.PostAsync("/api/auth/login/second-factor/", new { ticket, state, passkey });
}
