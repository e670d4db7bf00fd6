using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development.Testing;

/// <summary>Whoever may sign up, and whatever they must have: a test gets its user.</summary>
[Trait("Pace", "long")]
public sealed class MadeUserSettingsTests(Postgres postgres)
{
    [Theory]
    [InlineData("Accounts:Registration:Open", "false")]
    [InlineData("Accounts:Registration:HideExistingAccounts", "true")]
    [InlineData("Accounts:Registration:RequireSameBrowser", "true")]
    [InlineData("Accounts:Registration:RequireVerifiedEmail", "true")]
    [InlineData("Accounts:Passwords:MinimumLength", "32")]
    public async Task They_sign_in(string key, string value)
    {
        await using var server = await TestServer.StartAsync(postgres, (key, value));
        using var client = server.Client();
        await client.SignInMadeAsync();
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task Where_everybody_must_have_a_second_factor_they_have_one_if_they_are_to()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:SecondFactor:Required", "everybody"));
        using var client = server.Client();
        (await client.LoginAsync((await client.MakeUserAsync()).Person())).AssertRefused(403, "second_factor_enrolment_required");
        (await client.LoginAsync((await client.MakeUserAsync(new { totp = true })).Person())).AssertRefused(403, "second_factor_required");
    }

    [Fact]
    public async Task Who_must_verify_the_address_and_is_nobody_before_is_not_made()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Registration:HideExistingAccounts", "true"));
        using var client = server.Client();
        var answer = await client.PostAsync(TestingSteps.Users, new { verified = false });
        answer.AssertField("verified", "With Accounts__Registration__HideExistingAccounts there is no user before the address is verified. Sign up, and confirm the mail.");
        Assert.Equal(0, await server.Database.CountAsync("users"));
    }
}
