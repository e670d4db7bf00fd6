using System.Text.Json.Nodes;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Whose addresses a provider gives out, and what is connected by itself.</summary>
public sealed class AuthoritativeTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Theory]
    [InlineData("gmail.com", null), InlineData("googlemail.com", null), InlineData("GMAIL.com", null)]
    [InlineData("company.test", "company.test"), InlineData("Company.test", "COMPANY.test")]
    public async Task SG_09_An_address_that_Google_gives_out_connects_the_account_that_has_proved_it(string domain, string? hd)
    {
        using var owner = server.Client();
        using var client = server.Client();
        var person = await VerifiedAsync(owner, domain);
        var identity = Of(person.Email, hd);
        var answer = await client.SignInAsync(provider, identity);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal((TokenText.UserOf(owner.RefreshCookie!), """["google"]"""), (TokenText.UserOf(client.RefreshCookie!), answer.Json.GetProperty("user").GetProperty("providers").GetRawText()));
        Assert.Equal(200, (await owner.MeAsync()).Status);
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
        Assert.Equal(1, await server.Database.EventsAsync(person, "social_account_connected"));
        Assert.Contains("Google was connected to your account", (await server.Mailbox.WaitAsync(person.Email, 2)).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("company.test", null), InlineData("company.test", "other.test"), InlineData("company.test", "mail.company.test"), InlineData("mail.company.test", "company.test")]
    [InlineData("company.test", ""), InlineData("gmail.com.test", null), InlineData("notgmail.com", null), InlineData("company.test", "gmail.com")]
    public async Task SG_09_Another_address_takes_a_proof_of_the_account(string domain, string? hd)
    {
        using var owner = server.Client();
        var person = await VerifiedAsync(owner, domain);
        await IsAskedAsync(server, Of(person.Email, hd));
    }

    [Theory]
    [InlineData(null), InlineData("false"), InlineData("\"true\""), InlineData("1")]
    public async Task SG_09_Scenario_24_Of_its_own_addresses_too_Google_must_say_that_they_are_verified(string? said)
    {
        using var owner = server.Client();
        using var client = server.Client();
        foreach (var person in new[] { await VerifiedAsync(owner, "gmail.com"), await owner.RegisterSomebodyAsync() })
        {
            var identity = Of(person.Email, "example.test").Without("email_verified");
            if (said is not null)
            {
                identity.With("email_verified", JsonNode.Parse(said));
            }
            (await client.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
            Assert.Equal((0, null), (await server.Database.AccountsAsync(identity), client.RefreshCookie));
        }
    }

    [Fact]
    public async Task SG_09_The_organisation_must_stand_in_the_ID_token_that_was_checked()
    {
        using var owner = server.Client();
        using var client = server.Client();
        var person = await VerifiedAsync(owner, "company.test");
        var identity = Of(person.Email, "company.test");
        identity.EmailInIdToken = false;
        (await client.SignInAsync(provider, identity)).AssertRefused(409, "account_exists");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        identity.IdToken = (claims, sign) =>
        {
            claims["hd"] = "company.test";
            return sign(claims);
        };
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
    }

    [Fact]
    public async Task SG_09_What_Google_gives_out_no_other_provider_does()
    {
        using var owner = server.Client();
        var person = await VerifiedAsync(owner, "gmail.com");
        await IsAskedAsync(server, Identity.OfGitHub(person.Email));
        await IsAskedAsync(server, Identity.OfLinkedIn(person.Email).With("hd", "gmail.com"));
    }

    [Theory]
    [InlineData("never", 409), InlineData("Never", 409), InlineData("authoritative", 200)]
    public async Task SG_09_The_setting_says_whether_anything_is_connected_by_itself(string connect, int status)
    {
        await using var other = await shared.StartAnotherAsync(("Accounts:Social:Connect", connect));
        using var owner = other.Client();
        using var client = other.Client();
        var person = await other.SignInVerifiedAsync(owner);
        Assert.Equal(status, (await client.SignInAsync(provider, Of(person.Email, "example.test"))).Status);
        var unproved = await owner.RegisterSomebodyAsync();
        Assert.Equal(200, (await client.SignInAsync(provider, Of(unproved.Email, "example.test"))).Status);
    }

    [Fact]
    public async Task SO_09_Only_what_people_can_sign_in_with_here_is_named_as_a_proof()
    {
        await using var other = await shared.StartAnotherAsync();
        using var owner = other.Client();
        var person = await other.SignInVerifiedAsync(owner);
        Assert.Equal(200, (await owner.ConnectAsync(provider, Identity.OfGitHub())).Status);
        Assert.Equal(200, (await owner.ConnectAsync(provider, Identity.OfFacebook())).Status);
        await using var fewer = await TestServer.StartOnAsync(other.Database.ConnectionString, [.. provider.Settings, ("Accounts:Social:GitHub:ClientId", "")]);
        using var client = fewer.Client();
        Assert.Equal("""["password","facebook","mail"]""", (await client.SignInAsync(provider, Identity.OfGoogle(person.Email)))["methods"]);
    }

    [Fact]
    public async Task SG_09_An_account_that_gets_a_role_meanwhile_is_left_alone()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        var identity = Of(person.Email, "example.test");
        await using var administration = await HeldTransaction.BeginAsync(server.Database);
        await administration.ExecuteAsync("UPDATE users SET roles = '{admin}' WHERE email = @email", ("email", person.Email));
        using var visitor = server.Client();
        var signingIn = visitor.SignInAsync(provider, identity);
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() >= 1, "the connection waits for the user's row");
        await administration.CommitAsync();
        (await signingIn).AssertRefused(409, "account_exists");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    private async Task<Person> VerifiedAsync(ApiClient client, string domain)
    {
        var username = Some.Username();
        var person = new Person(username, $"{username}@{domain}", Some.Password);
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync(person.Email))).Status);
        await client.SignInAsync(person);
        return person;
    }

    private async Task IsAskedAsync(TestServer at, Identity identity)
    {
        using var client = at.Client();
        (await client.SignInAsync(provider, identity)).AssertRefused(409, "account_exists");
        Assert.Equal((0, null), (await at.Database.AccountsAsync(identity), client.RefreshCookie));
    }

    private static Identity Of(string email, string? hd) => hd is null ? Identity.OfGoogle(email) : Identity.OfGoogle(email).With("hd", hd);
}
