using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Cases that a front end meets, each with somebody of the fake provider's, on a server of its own.</summary>
public sealed class FakePeopleTests(Postgres postgres) : IAsyncLifetime
{
    private const string Uma = "1002", Ada = "1006";

    private static readonly Person Victim = new("", "uma@example.com", Some.OtherPassword);

    private TestServer server = null!;
    private ApiClient attacker = null!, victim = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        (attacker, victim) = (server.Client(), server.Client());
    }

    public async ValueTask DisposeAsync()
    {
        attacker.Dispose();
        victim.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>The provider has not verified the address that the attacker entered there.</summary>
    [Fact]
    public async Task RE_06_Scenario_23_An_identity_that_came_with_the_victims_unverified_address_survives_neither_click_nor_reset()
    {
        var planted = await attacker.SignInAtFakeAsync(Uma);
        Assert.Equal((200, "false"), (planted.Status, planted.Json.GetProperty("user").GetProperty("email_verified").GetRawText()));
        attacker.Access = planted.Access;

        Assert.Equal(200, (await victim.VerifyAsync(await server.Mailbox.TokenAsync(Victim.Email))).Status);
        Assert.Equal((0, 401), (await server.Database.CountAsync("social_accounts"), (await attacker.MeAsync()).Status));
        (await attacker.SignInAtFakeAsync(Uma)).AssertRefused(400, "email_required");
        Assert.Contains("Fake provider was disconnected", (await server.Mailbox.WaitAsync(Victim.Email, 2)).Subject, StringComparison.Ordinal);

        Assert.Equal(200, (await victim.ResetAsync(await server.ResetTokenAsync(victim, Victim))).Status);
        Assert.Contains("sign in too: none\n", (await server.NoticeAsync(Victim)).Text, StringComparison.Ordinal);
        (await attacker.SignInAtFakeAsync(Uma)).AssertRefused(400, "email_required");
        var owner = await victim.SignInAsync(Victim);
        Assert.Equal("[]", owner.Json.GetProperty("user").GetProperty("providers").GetRawText());
        Assert.Equal(1, await server.Database.CountAsync("users"));
    }

    [Fact]
    public async Task An_address_of_the_providers_own_connects_who_has_proved_it_and_is_given_to_its_owner_else()
    {
        Assert.Equal(201, (await attacker.RegisterAsync("ada", "ada@example.com")).Status);
        var answer = await victim.SignInAtFakeAsync(Ada);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("adaauthoritative", answer.Json.GetProperty("user").GetProperty("username").GetString());
        (await attacker.LoginAsync(new Person("ada", "ada@example.com", Some.Password))).AssertRefused(401, "invalid_credentials");
    }
}
