using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

public sealed class VerificationReviewTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task EV_04_Only_the_browser_that_registered_or_holds_a_session_is_recognised()
    {
        using var registering = server.Client();
        using var signedIn = server.Client();
        using var stranger = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(registering);
        await stranger.SignInSomebodyAsync();
        await signedIn.SignInAsync(person);
        Assert.Equal("true", (await registering.CheckAsync(token))["same_browser"]);
        Assert.Equal("true", (await signedIn.CheckAsync(token))["same_browser"]);
        var strange = await stranger.CheckAsync(token);
        strange.AssertBody(200, $$"""{"username":"{{person.Username}}","email":"{{person.Email}}","verified":false,"same_browser":false}""");
        Assert.False(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task EV_04_The_registration_cookie_is_out_of_reach_of_scripts_and_lives_as_long_as_the_link()
    {
        using var client = server.Client();
        var cookie = (await client.RegisterAsync(Some.Person())).SetCookies.Single();
        Assert.StartsWith("registration=", cookie, StringComparison.Ordinal);
        foreach (var attribute in new[] { "httponly", "samesite=lax", "path=/", "max-age=86400" })
        {
            Assert.Contains(attribute, cookie.ToLowerInvariant().Split("; "));
        }
    }

    [Fact]
    public async Task EV_04_A_changed_registration_cookie_is_not_recognised()
    {
        using var client = server.Client();
        var (_, token) = await server.RegisterSomebodyAsync(client);
        var good = client.Cookies["registration"];
        for (var at = 0; at < good.Length; at += 7)
        {
            client.Cookies["registration"] = $"{good[..at]}{(good[at] == 'A' ? 'B' : 'A')}{good[(at + 1)..]}";
            Assert.Equal("false", (await client.CheckAsync(token))["same_browser"]);
        }
        client.Cookies["registration"] = good;
        Assert.Equal("true", (await client.CheckAsync(token))["same_browser"]);
    }

    [Fact]
    public async Task EV_04_This_was_not_me_deletes_the_account_and_ends_the_attackers_session()
    {
        using var attacker = server.Client();
        using var owner = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(attacker);
        await attacker.SignInAsync(person);
        (await owner.RejectAsync(token)).AssertBody(200, """{"detail":"The account has been deleted."}""");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
        Assert.Equal(0, await server.Database.CountAsync("email_verification_tokens", "email = @email", ("email", person.Email)));
        Assert.Equal(401, (await attacker.MeAsync()).Status);
        Assert.Equal(401, (await attacker.RefreshAsync()).Status);
        (await attacker.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        (await owner.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Equal(201, (await owner.RegisterAsync(person)).Status);
    }

    [Fact]
    public async Task EV_04_A_rejection_leaves_an_event_that_outlives_the_account()
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        var id = await server.Database.ScalarAsync<Guid>("SELECT id FROM users WHERE email = @email", ("email", person.Email));
        Assert.Equal(200, (await client.RejectAsync(token)).Status);
        (await client.RejectAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Equal(1, await server.Database.CountAsync("security_events", "user_id = @id AND kind = 'registration_rejected'", ("id", id)));
    }

    [Theory]
    [InlineData("email_verified = true")]
    [InlineData("roles = '{admin}'")]
    [InlineData("email_verified = true, roles = '{editor}'")]
    [InlineData("is_active = false")]
    public async Task EV_04_A_verified_account_one_with_roles_or_a_blocked_one_is_never_deleted(string change)
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        await client.SignInAsync(person);
        await server.Database.ChangeAsync(person, change);
        (await client.RejectAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", $"u.email = @email AND {SessionRow.Open}", ("email", person.Email)));
    }

    [Fact]
    public async Task EV_04_A_used_link_rejects_nobody()
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        Assert.Equal(200, (await client.VerifyAsync(token)).Status);
        (await client.RejectAsync(token)).AssertRefused(400, "invalid_token");
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }
}
