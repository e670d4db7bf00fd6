using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Identities of who made an account, and of whose mailbox it is: a stranger's goes when the owner comes, the owner's stays.</summary>
public sealed class StrangersIdentityTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    /// <summary>By registration: what the attacker connects once the victim has clicked.</summary>
    [Fact]
    public async Task RE_06_Scenario_23_What_an_attacker_connects_after_the_victims_click_goes_with_the_first_reset()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var (person, link) = await server.RegisterSomebodyAsync(attacker);
        await attacker.SignInAsync(person);
        var identity = Identity.OfGitHub();
        (await attacker.ConnectAsync(provider, identity)).AssertRefused(403, "email_not_verified");
        Assert.Equal(200, (await victim.VerifyAsync(link)).Status);
        Assert.Equal(200, (await attacker.ConnectAsync(provider, identity)).Status);
        Assert.Equal(200, (await victim.ResetAsync(await server.ResetTokenAsync(victim, person))).Status);
        Assert.Equal(401, (await attacker.MeAsync()).Status);
        Assert.Contains("sign in too: none\n", (await server.NoticeAsync(person)).Text, StringComparison.Ordinal);
        await IsElsewhereAsync(attacker, identity, person);
        Assert.Equal(200, (await victim.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task RE_06_Scenario_23_What_is_mailed_to_a_victim_who_types_the_code_elsewhere_drops_the_attackers_identity_too()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var identity = Identity.OfFacebook();
        attacker.Access = (await attacker.SignInAsync(provider, identity)).Access;
        await server.Mailbox.WaitAsync(identity.Email);
        Assert.Equal(200, (await victim.ResendAsync(identity.Email)).Status);
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(identity.Email, 2));
        Assert.Equal(200, (await victim.VerifyByCodeAsync(identity.Email, code)).Status);
        Assert.Equal((0, 401), (await server.Database.AccountsAsync(identity), (await attacker.MeAsync()).Status));
        (await attacker.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
        Assert.Equal(1, await server.Database.UsersAsync(identity.Email, "email_verified AND ways = '{}'"));
    }

    [Fact]
    public async Task SO_10_A_password_that_an_attacker_adds_to_such_an_account_is_no_way_to_keep_an_identity()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var planted = Identity.OfFacebook();
        var person = new Person("", planted.Email, Some.Password);
        attacker.Access = (await attacker.SignInAsync(provider, planted)).Access;
        server.HasProved(attacker);
        var link = await server.Mailbox.TokenAsync(person.Email);
        Assert.Equal(200, (await attacker.PostAsync("/api/auth/password/change/", new { new_password = Some.Password })).Status);
        Assert.Equal(200, (await victim.VerifyAsync(link)).Status);
        Assert.Equal(0, await server.Database.AccountsAsync(planted));
        await attacker.SignInAsync(person);
        var later = Identity.OfGitHub();
        Assert.Equal(200, (await attacker.ConnectAsync(provider, later)).Status);
        Assert.Equal(200, (await victim.ResetAsync(await server.ResetTokenAsync(victim, person))).Status);
        await IsElsewhereAsync(attacker, later, person);
    }

    [Fact]
    public async Task SO_10_Whoever_confirms_in_their_own_browser_keeps_the_identity_through_every_reset()
    {
        using var owner = server.Client();
        var identity = Identity.OfFacebook();
        var person = new Person("", identity.Email, "");
        Assert.Equal(200, (await owner.SignInAsync(provider, identity)).Status);
        Assert.Equal(200, (await owner.VerifyAsync(await server.Mailbox.TokenAsync(person.Email))).Status);
        for (var reset = 0; reset < 2; reset++)
        {
            Assert.Equal(200, (await owner.ResetAsync(await server.ResetTokenAsync(owner, person))).Status);
            Assert.Equal(200, (await owner.SignInAsync(provider, identity)).Status);
        }
    }

    [Fact]
    public async Task SO_10_The_owners_own_stay_whose_provider_vouches_for_the_address_or_who_has_reset_before()
    {
        using var owner = server.Client();
        var person = await new AccountStates(server, provider).VerifiedElsewhereAsync(owner);
        var (vouched, other, later) = (Identity.OfGoogle(person.Email), Identity.OfFacebook(), Identity.OfGitHub());
        Assert.Equal(200, (await owner.ConnectAsync(provider, vouched)).Status);
        Assert.Equal(200, (await owner.ConnectAsync(provider, other)).Status);
        Assert.Equal(200, (await owner.ResetAsync(await server.ResetTokenAsync(owner, person))).Status);
        Assert.Equal((1, 0), (await server.Database.AccountsAsync(vouched), await server.Database.AccountsAsync(other)));
        owner.Access = (await owner.SignInAsync(provider, vouched)).Access;
        server.HasProved(owner);
        Assert.Equal(200, (await owner.ConnectAsync(provider, later)).Status);
        Assert.Equal(200, (await owner.ResetAsync(await server.ResetTokenAsync(owner, person))).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password,google,github}' AND verified_by = 'reset'"));
    }

    [Fact]
    public async Task SO_10_A_click_elsewhere_ends_no_session_where_it_takes_no_way_in()
    {
        using var owner = server.Client();
        using var phone = server.Client();
        var (person, link) = await server.RegisterSomebodyAsync(owner);
        await owner.SignInAsync(person);
        Assert.Equal(200, (await phone.VerifyAsync(link)).Status);
        Assert.Equal(200, (await owner.MeAsync()).Status);
        Assert.Equal(0, await server.Database.EventsAsync(person, "social_account_disconnected"));
    }

    [Fact]
    public async Task SG_09_Whoever_types_the_password_elsewhere_is_who_made_the_account_and_keeps_the_identity()
    {
        await using var strict = await shared.StartAnotherAsync(("Accounts:Registration:RequireSameBrowser", "true"));
        using var owner = strict.Client();
        using var phone = strict.Client();
        var identity = Identity.OfFacebook();
        owner.Access = (await owner.SignInAsync(provider, identity)).Access;
        strict.HasProved(owner);
        var link = await strict.Mailbox.TokenAsync(identity.Email);
        Assert.Equal(200, (await owner.PostAsync("/api/auth/password/change/", new { new_password = Some.Password })).Status);
        (await phone.VerifyAsync(link)).AssertRefused(403, "confirmation_required");
        Assert.Equal(200, (await phone.VerifyAsync(link, Some.Password)).Status);
        Assert.Equal(1, await strict.Database.AccountsAsync(identity));
        Assert.Equal(200, (await owner.SignInAsync(provider, identity)).Status);
    }

    /// <summary>It may sign up for an account of its own, and has nothing of the victim's.</summary>
    private async Task IsElsewhereAsync(ApiClient attacker, Identity identity, Person person)
    {
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        attacker.Cookies.Clear();
        var answer = await attacker.SignInAsync(provider, identity);
        Assert.Equal((200, identity.Email), (answer.Status, answer.Json.GetProperty("user").GetProperty("email").GetString()));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}'"));
    }
}
