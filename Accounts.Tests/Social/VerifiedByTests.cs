using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>When an address was verified, and by what: here, because a provider's word is one of the ways.</summary>
public sealed class VerifiedByTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public async Task Before_that_nothing_is_said()
    {
        using var client = server.Client();
        var (person, _) = await server.RegisterSomebodyAsync(client);
        await ToldAsync(person.Email, null);
    }

    [Fact]
    public async Task The_link_counts_for_more_in_the_browser_that_registered()
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        Assert.Equal(200, (await client.VerifyAsync(token)).Status);
        await ToldAsync(person.Email, "link_in_same_browser");
    }

    [Fact]
    public async Task The_link_counts_for_less_elsewhere()
    {
        using var client = server.Client();
        using var stranger = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        Assert.Equal(200, (await stranger.VerifyAsync(token)).Status);
        await ToldAsync(person.Email, "link_elsewhere");
    }

    [Fact]
    public async Task A_code_is_a_code_in_whatever_browser()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        Assert.Equal(200, (await client.VerifyByCodeAsync(person.Email, code)).Status);
        await ToldAsync(person.Email, "code");
    }

    [Theory]
    [InlineData("", "reset"), InlineData("here", "link_in_same_browser"), InlineData("elsewhere", "reset")]
    public async Task A_reset_verifies_what_was_not_and_says_more_than_a_link_that_was_followed_elsewhere(string verified, string by)
    {
        using var client = server.Client();
        using var stranger = server.Client();
        var (person, link) = await server.RegisterSomebodyAsync(client);
        if (verified.Length > 0)
        {
            Assert.Equal(200, (await (verified == "here" ? client : stranger).VerifyAsync(link)).Status);
        }
        Assert.Equal(200, (await client.PostAsync("/api/auth/password/reset/", new { email = person.Email })).Status);
        var token = await server.Mailbox.TokenAsync(person.Email, 2);
        Assert.Equal(200, (await client.PostAsync("/api/auth/password/reset/confirm/", new { token, new_password = Some.OtherPassword })).Status);
        await ToldAsync(person.Email, by);
    }

    [Fact]
    public async Task A_providers_word_is_told_as_such_at_the_first_sign_in_and_later()
    {
        using var client = server.Client();
        var (sure, unsure) = (Identity.OfGoogle(), Identity.OfGoogle().With("email_verified", false));
        Assert.Equal(200, (await client.SignInAsync(provider, sure)).Status);
        Assert.Equal(200, (await client.SignInAsync(provider, unsure)).Status);
        await ToldAsync(sure.Email, "provider");
        await ToldAsync(unsure.Email, null);
        Assert.Equal(200, (await client.SignInAsync(provider, unsure.With("email_verified", true))).Status);
        await ToldAsync(unsure.Email, "provider");
    }

    /// <summary>Verified, when and by what: all of them or none.</summary>
    private async Task ToldAsync(string email, string? by) => Assert.Equal(
        by is null ? "f none f" : $"t {by} t",
        await server.Database.ScalarAsync<string>(
            "SELECT concat_ws(' ', email_verified, coalesce(verified_by, 'none'), coalesce(verified_at > now() - interval '1 hour', false)) FROM users WHERE email = @email", ("email", email)));
}
