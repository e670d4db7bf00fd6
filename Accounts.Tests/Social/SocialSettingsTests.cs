using Accounts.Core.Failures;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>What stops the start, and what is swept.</summary>
public sealed class SocialSettingsTests(Postgres postgres)
{
    [Theory]
    [InlineData("Accounts:Social:Google:ClientId", "some-id", "Accounts__Social__Google__ClientSecret is not set")]
    [InlineData("Accounts:Social:GitHub:ClientId", "some-id", "Accounts__Social__GitHub__ClientSecret is not set")]
    [InlineData("Accounts:Social:Facebook:ClientId", "some-id", "Accounts__Social__Facebook__ClientSecret is not set")]
    [InlineData("Accounts:Social:LinkedIn:ClientId", "some-id", "Accounts__Social__LinkedIn__ClientSecret is not set")]
    [InlineData("Accounts:Social:Oidc:Oidc:ClientId", "some-id", "Accounts__Social__Oidc__Oidc__ClientSecret is not set")]
    [InlineData("Accounts:Social:Oidc:Oidc:ClientId", "some-id", "Accounts__Social__Oidc__Oidc__Issuer is not set")]
    [InlineData("Accounts:Social:Oidc:ClientId", "some-id", "Accounts__Social__Oidc__ClientId belongs to a provider without a name")]
    [InlineData("Accounts:Social:Oidc:google:ClientId", "some-id", "Accounts__Social__Oidc__google__… has a name that cannot be")]
    [InlineData("Accounts:Social:Oidc:Password:ClientId", "some-id", "Accounts__Social__Oidc__Password__… has a name that cannot be")]
    [InlineData("Accounts:Social:Oidc:PassKey:ClientId", "some-id", "Accounts__Social__Oidc__PassKey__… has a name that cannot be")]
    [InlineData("Accounts:Social:Oidc:mail:ClientId", "some-id", "Accounts__Social__Oidc__mail__… has a name that cannot be")]
    [InlineData("Accounts:Social:Oidc:Mfa:ClientId", "some-id", "Accounts__Social__Oidc__Mfa__… has a name that cannot be")]
    [InlineData("Accounts:Social:Oidc:pwd:ClientId", "some-id", "Accounts__Social__Oidc__pwd__… has a name that cannot be")]
    [InlineData("Accounts:Social:Oidc:social:ClientId", "some-id", "Accounts__Social__Oidc__social__… has a name that cannot be")]
    [InlineData("Accounts:Social:Oidc:our-company:ClientId", "some-id", "Accounts__Social__Oidc__our-company__… has a name that cannot be")]
    [InlineData("Accounts:Social:Oidc:Company:ClientID2", "some-id", "Accounts__Social__Oidc__Company__ClientID2 is no setting")]
    [InlineData("Accounts:Social:Microsoft:ClientId", "some-id", "Accounts__Social__Microsoft__ClientSecret is not set")]
    [InlineData("Accounts:Social:GitLab:ClientId", "some-id", "Accounts__Social__GitLab__ClientSecret is not set")]
    [InlineData("Accounts:Social:Discord:ClientId", "some-id", "Accounts__Social__Discord__ClientSecret is not set")]
    [InlineData("Accounts:Social:Apple:ClientId", "some-id", "Accounts__Social__Apple__TeamId, KeyId and PrivateKey belong to")]
    [InlineData("Accounts:Social:RedirectUri", "https://app.example.test/#here", "Accounts__Social__RedirectUri lists")]
    [InlineData("Accounts:Social:RedirectUri", "app.example.test", "Accounts__Social__RedirectUri lists")]
    [InlineData("Accounts:Social:RedirectUri", "http://app.example.test/", "outside Development it must be https")]
    [InlineData("Accounts:Social:Connect", "always", "Accounts__Social__Connect is \"always\": choose authoritative or never.")]
    [InlineData("Accounts:Social:Gogle:ClientId", "some-id", "Accounts__Social__Gogle__ClientId is no setting")]
    public async Task A_setting_that_cannot_work_stops_the_start_and_is_named(string key, string value, string mistake)
    {
        var stopped = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, ("environment", "Production"), (key, value)));
        Assert.Contains(mistake, stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://login.microsoftonline.com/common/v2.0", "Set Accounts__Social__Microsoft__ClientId, ClientSecret and Tenant instead")]
    [InlineData("https://login.microsoftonline.com/organizations/v2.0", "Accounts__Social__Microsoft__ClientId")]
    [InlineData("https://login.microsoftonline.com/Consumers/v2.0/", "Accounts__Social__Microsoft__ClientId")]
    [InlineData("https://login.microsoftonline.com/{tenantid}/v2.0", "without query, fragment and braces")]
    [InlineData("https://sts.windows.net/0a/", "Accounts__Social__Microsoft__ClientId")]
    [InlineData("http://id.example.test", "it must be https")]
    [InlineData("id.example.test", "it must be https")]
    [InlineData("https://id.example.test/?realm=ours", "without query, fragment and braces")]
    [InlineData("https://somebody@id.example.test", "it must be https")]
    public async Task SO_11_An_issuer_that_stands_for_many_or_cannot_be_one_stops_the_start(string issuer, string mistake)
    {
        var stopped = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, ("environment", "Production"),
            ("Accounts:Social:Oidc:Oidc:ClientId", "id"), ("Accounts:Social:Oidc:Oidc:ClientSecret", "a secret"), ("Accounts:Social:Oidc:Oidc:Issuer", issuer)));
        Assert.Contains($"Accounts__Social__Oidc__Oidc__Issuer is \"{issuer}\"", stopped.Message, StringComparison.Ordinal);
        Assert.Contains(mistake, stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_endpoint_in_clear_stops_the_start_outside_Development()
    {
        var stopped = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, ("environment", "Production"),
            ("Accounts:Social:Google:ClientId", "id"), ("Accounts:Social:Google:ClientSecret", "a secret"), ("Accounts:Social:Google:TokenUrl", "http://google.example.test/token")));
        Assert.Contains("Accounts__Social__Google__TokenUrl is \"http://google.example.test/token\": it must be https", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task States_and_link_tokens_are_swept_when_they_are_over()
    {
        await using var provider = await ProviderDouble.StartAsync();
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        await client.BeginAsync(provider, Identity.OfGoogle());
        Assert.NotNull((await client.SignInAsync(provider, Identity.OfGoogle(person.Email)))["link_token"]);
        await server.Database.ExecuteAsync("UPDATE social_states SET expires_at = now() - interval '1 second'; UPDATE link_tokens SET expires_at = now() - interval '1 second'");
        await client.BeginAsync(provider, Identity.OfGoogle());
        await server.SweepAsync();
        Assert.Equal((1, 0), (await server.Database.CountAsync("social_states"), await server.Database.CountAsync("link_tokens")));
    }
}
