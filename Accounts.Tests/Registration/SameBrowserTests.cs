using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>With RequireSameBrowser a click alone, a mail scanner's too, verifies nothing.</summary>
public sealed class SameBrowserTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres, ("Accounts:Registration:RequireSameBrowser", "true"));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task EV_04_The_token_or_code_alone_is_refused_and_not_spent()
    {
        using var attacker = server.Client();
        using var scanner = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(attacker);
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        (await scanner.VerifyAsync(token)).AssertRefused(403, "confirmation_required");
        (await scanner.GetAsync($"/api/auth/verify-email/?token={token}", ("Accept", "application/json"))).AssertRefused(403, "confirmation_required");
        (await scanner.VerifyByCodeAsync(person.Email, code)).AssertRefused(400, "invalid_token");
        Assert.Equal(1, await server.Database.CountAsync("email_verification_tokens", "used_at IS NULL"));
        Assert.False(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task EV_04_A_stranger_who_is_signed_in_as_somebody_else_is_refused()
    {
        using var registering = server.Client();
        using var stranger = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(registering);
        await stranger.SignInSomebodyAsync();
        (await stranger.VerifyAsync(token)).AssertRefused(403, "confirmation_required");
        (await stranger.VerifyAsync(token, Some.OtherPassword)).AssertRefused(401, "invalid_credentials");
        (await stranger.VerifyAsync(token, new string('x', 257))).AssertBody(400, """{"password":["Ensure this field has no more than 256 characters."]}""");
        Assert.False(await server.Database.IsVerifiedAsync(person));
    }

    [Theory]
    [InlineData("cookie")]
    [InlineData("session")]
    [InlineData("access token")]
    [InlineData("password")]
    public async Task EV_04_A_proof_verifies_and_ends_every_session_made_before(string proof)
    {
        using var earlier = server.Client();
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(earlier);
        await earlier.SignInAsync(person);
        await BringAsync(client, earlier, person, proof);
        var answer = await client.VerifyAsync(token, proof == "password" ? person.Password : null);
        answer.AssertBody(200, """{"message":"Email verified"}""");
        Assert.True(await server.Database.IsVerifiedAsync(person));
        Assert.Equal(0, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", SessionRow.Open));
        Assert.Equal(401, (await earlier.MeAsync()).Status);
        Assert.Equal(401, (await earlier.RefreshAsync()).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    private static async Task BringAsync(ApiClient client, ApiClient earlier, Person person, string proof)
    {
        switch (proof)
        {
            case "cookie":
                client.Cookies["registration"] = earlier.Cookies["registration"];
                break;
            case "session":
                await client.SignInAsync(person);
                client.Access = null;
                break;
            case "access token":
                await client.SignInAsync(person);
                client.Cookies.Clear();
                break;
        }
    }
}
