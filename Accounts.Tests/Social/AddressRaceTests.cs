using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>A new identity, and whatever else happens at the same moment to the account that has its address.</summary>
[Trait("Pace", "slow")]
public sealed class AddressRaceTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const int AtOnce = 3;

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public Task SG_10_Of_two_who_come_at_once_with_one_identity_one_reclaims_and_both_are_signed_in() => Rounds.RunAsync(AtOnce, async () =>
    {
        using var attacker = server.Client();
        var person = await attacker.SignInSomebodyAsync();
        var answers = await Task.WhenAll(ComeAsync(Owned(person.Email), 2));
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.Equal((1, 1, 2), (await EventsAsync(person, "user_reclaimed"), await MailsAsync(person, "account_reclaimed"), await server.Database.LiveSessionsAsync(person)));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{google}' AND password_hash IS NULL"));
    });

    /// <summary>Two people of one address at Google: one has it, the other is asked.</summary>
    [Fact]
    public Task SG_10_Of_two_identities_that_come_at_once_one_reclaims() => Rounds.RunAsync(AtOnce, async () =>
    {
        using var attacker = server.Client();
        var person = await attacker.RegisterSomebodyAsync();
        var answers = await Task.WhenAll([.. ComeAsync(Owned(person.Email), 1), .. ComeAsync(Owned(person.Email), 1)]);
        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{google}' AND password_hash IS NULL"));
    });

    [Fact]
    public Task SG_10_Beside_a_click_elsewhere_the_account_is_reclaimed_or_was_confirmed_before() => Rounds.RunAsync(AtOnce, async () =>
    {
        using var attacker = server.Client();
        using var clicker = server.Client();
        var (person, link) = await server.RegisterSomebodyAsync(attacker);
        await attacker.SignInAsync(person);
        var clicking = clicker.VerifyAsync(link);
        var answer = (await Task.WhenAll(ComeAsync(Owned(person.Email), 1)))[0];
        Assert.Equal(200, (await clicking).Status);
        var reclaimed = await server.Database.UsersAsync(person.Email, "ways = '{google}' AND password_hash IS NULL AND verified_by = 'provider'");
        var confirmed = await server.Database.UsersAsync(person.Email, "ways = '{password}' AND password_hash IS NOT NULL AND verified_by = 'link_elsewhere'");
        Assert.Equal(answer.Status == 200 ? (200, 1, 0) : (409, 0, 1), (answer.Status, reclaimed, confirmed));
        Assert.Equal(answer.Status == 200 ? 401 : 200, (await attacker.MeAsync()).Status);
    });

    [Fact]
    public async Task SG_10_A_reclaim_that_waits_behind_a_click_elsewhere_is_asked_for_a_proof()
    {
        using var attacker = server.Client();
        var person = await attacker.SignInSomebodyAsync();
        await using var click = await HeldTransaction.BeginAsync(server.Database);
        await click.ExecuteAsync(
            "UPDATE users SET email_verified = true, verified_at = now(), verified_by = 'link_elsewhere' WHERE email = @email", ("email", person.Email));
        var coming = ComeAsync(Owned(person.Email), 1)[0];
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() >= 1, "the sign-in waits for the user's row");
        await click.CommitAsync();
        (await coming).AssertRefused(409, "account_exists");
        Assert.Equal(200, (await attacker.MeAsync()).Status);
    }

    [Fact]
    public async Task SG_10_A_sign_in_of_the_attackers_that_waits_behind_the_reclaim_is_refused()
    {
        using var attacker = server.Client();
        var person = await attacker.RegisterSomebodyAsync();
        await using var between = await HeldTransaction.BeginAsync(server.Database);
        await between.ExecuteAsync("SELECT FROM users WHERE email = @email FOR UPDATE", ("email", person.Email));
        var coming = ComeAsync(Owned(person.Email), 1)[0];
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 1, "the reclaim waits for the user's row");
        var signingIn = attacker.LoginAsync(person);
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 2, "the attacker waits for it, too");
        await between.CommitAsync();
        Assert.Equal(200, (await coming).Status);
        (await signingIn).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public Task SG_09_Connecting_by_itself_beside_a_reset_leaves_both() => Rounds.RunAsync(AtOnce, async () =>
    {
        using var owner = server.Client();
        var person = await server.SignInVerifiedAsync(owner);
        var token = await server.Database.PlantResetAsync(person);
        var identity = Owned(person.Email);
        var resetting = owner.ResetAsync(token);
        var answer = (await Task.WhenAll(ComeAsync(identity, 1)))[0];
        Assert.Equal((200, 200), ((await resetting).Status, answer.Status));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password,google}' AND verified_by = 'link_in_same_browser'"));
        Assert.Equal(401, (await owner.MeAsync()).Status);
        Assert.InRange(await server.Database.LiveSessionsAsync(person), 0, 1);
        (await owner.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await owner.LoginAsync(person with { Password = Some.OtherPassword })).Status);
        using var again = server.Client();
        Assert.Equal(200, (await again.SignInAsync(provider, identity)).Status);
    });

    [Fact]
    public async Task RE_06_An_identity_whose_sign_in_waits_behind_the_victims_click_is_gone()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var identity = Identity.OfFacebook();
        Assert.Equal(200, (await attacker.SignInAsync(provider, identity)).Status);
        var link = await server.Mailbox.TokenAsync(identity.Email);
        await using var between = await HeldTransaction.BeginAsync(server.Database);
        await between.ExecuteAsync("SELECT FROM users WHERE email = @email FOR UPDATE", ("email", identity.Email));
        var clicking = victim.VerifyAsync(link);
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 1, "the click waits for the user's row");
        var signingIn = attacker.SignInAsync(provider, identity);
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 2, "the attacker waits for it, too");
        await between.CommitAsync();
        Assert.Equal(200, (await clicking).Status);
        (await signingIn).AssertRefused(400, "email_required");
        Assert.Equal(0, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", $"u.email = @email AND {SessionRow.Open}", ("email", identity.Email)));
    }

    private Task<Answer>[] ComeAsync(Identity identity, int times) => [.. Enumerable.Range(0, times).Select(async _ =>
    {
        using var client = server.Client();
        return await client.SignInAsync(provider, identity);
    })];

    private static Identity Owned(string email) => Identity.OfGoogle(email).With("hd", "example.test");

    private Task<long> EventsAsync(Person person, string kind) => server.Database.EventsAsync(person, kind);

    private Task<long> MailsAsync(Person person, string template) =>
        server.Database.CountAsync("outbox_messages", "recipient = @email AND template = @template", ("email", person.Email), ("template", template));
}
