using Accounts.Tests.Providers;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Whoever proves an account by its mailbox alone takes over what a stranger may have made of it.</summary>
public sealed class SocialLinkTakeoverTests(SocialServer shared) : IClassFixture<SocialServer>, IDisposable
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task SO_09_A_mailed_code_takes_over_an_account_whose_address_nobody_had_proved()
    {
        using var squatter = server.Client();
        var owners = Identity.OfGitHub().WithoutEmails();
        var planted = Identity.OfFacebook();
        var person = new Person("", planted.Email, Some.Password);
        squatter.Access = (await squatter.SignInAsync(provider, planted)).Access;
        server.HasProved(squatter);
        Assert.Equal(200, (await squatter.PostAsync("/api/auth/password/change/", new { new_password = person.Password })).Status);
        var id = await server.Database.ScalarAsync<Guid>("SELECT id FROM users WHERE email = @e", ("e", person.Email));
        await server.Mailbox.WaitAsync(person.Email, 2);
        var token = await server.LinkTokenAsync(client, provider, owners, person.Email, 3);
        await client.AskLinkCodeAsync(new { link_token = token });
        var code = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(person.Email, 4));
        var answer = await client.LinkAsync(new { link_token = token, code });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(1, await server.Database.AccountsAsync(
            owners, $"u.id = '{id}' AND u.email_verified AND u.verified_by = 'code' AND u.password_hash IS NULL AND u.ways = '{{github}}'"));
        Assert.Equal((401, 200), ((await squatter.RefreshAsync()).Status, (await client.RefreshAsync()).Status));
        (await squatter.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(0, await server.Database.AccountsAsync(planted));
        Assert.Equal(1, await server.Database.EventsAsync(person, "email_verified"));
    }

    [Fact]
    public async Task SG_09_A_mailed_code_takes_over_an_account_that_a_link_in_another_browser_confirmed_and_the_password_keeps_it()
    {
        using var squatter = server.Client();
        var person = await new AccountStates(server, provider).VerifiedElsewhereAsync(squatter);
        var owners = Identity.OfGoogle(person.Email);
        var token = (await client.SignInAsync(provider, owners))["link_token"];
        await client.AskLinkCodeAsync(new { link_token = token });
        var code = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(person.Email, 2));
        var answer = await client.LinkAsync(new { link_token = token, code });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(1, await server.Database.AccountsAsync(owners, "u.verified_by = 'code' AND u.password_hash IS NULL AND u.ways = '{google}'"));
        Assert.Equal((401, 200), ((await squatter.RefreshAsync()).Status, (await client.RefreshAsync()).Status));
        (await squatter.LoginAsync(person)).AssertRefused(401, "invalid_credentials");

        using var honest = server.Client();
        var other = await new AccountStates(server, provider).VerifiedElsewhereAsync(honest);
        var theirs = Identity.OfGoogle(other.Email);
        Assert.Equal(200, (await client.LinkAsync(new { link_token = (await client.SignInAsync(provider, theirs))["link_token"], password = other.Password })).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(theirs, "u.verified_by = 'link_elsewhere' AND u.ways = '{password,google}'"));
        Assert.Equal(200, (await honest.RefreshAsync()).Status);
    }
}
