using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>A provider that is known by its issuer alone. Each test has a double of its own, which it spoils.</summary>
[Trait("Pace", "long")]
public sealed class OidcTests(Postgres postgres) : IAsyncLifetime
{
    private const string Oidc = "/api/auth/social/oidc/";

    private ProviderDouble provider = null!;
    private TestServer server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await ProviderDouble.StartAsync();
        server = await TestServer.StartAsync(postgres, provider.Settings);
        client = server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    /// <summary>What issuers publish is read at the start.</summary>
    private async Task StartAgainAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        server = await TestServer.StartAsync(postgres, provider.Settings);
        client = server.Client();
    }

    [Fact]
    public async Task The_issuers_own_document_is_read_once_for_everybody_and_its_name_stands_on_the_button()
    {
        var button = (await client.GetAsync("/api/auth/social/")).Json.EnumerateArray().Single(one => one.GetProperty("provider").GetString() == "oidc");
        Assert.Equal(("Our company", $"{provider.Address}authorize"), (button.GetProperty("name").GetString(), button.GetProperty("authorization_url").GetString()));
        Assert.Equal(303, (await client.GetAsync(await client.LeaveAsync(provider, Identity.OfOidc(provider)))).Status);
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfOidc(provider))).Status);
        Assert.Equal(1, provider.Requests[ProviderDouble.Discovery]);
    }

    [Fact]
    public async Task SO_07_Who_it_is_say_issuer_and_sub_and_the_same_sub_of_Google_is_somebody_else()
    {
        var identity = Identity.OfOidc(provider);
        var namesake = Identity.OfGoogle().With("sub", identity.Claims["sub"]!.DeepClone());
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        Assert.Equal(200, (await client.SignInAsync(provider, namesake)).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.email = '{identity.Email}' AND a.provider = 'oidc'"));
        Assert.Equal(1, await server.Database.AccountsAsync(namesake, $"u.email = '{namesake.Email}' AND a.provider = 'google'"));
    }

    [Fact]
    public async Task SO_07_Another_issuers_sub_is_somebody_else()
    {
        var identity = Identity.OfOidc(provider);
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        await using var successor = await ProviderDouble.StartAsync();
        await using var moved = await TestServer.StartOnAsync(server.Database.ConnectionString, successor.Settings);
        using var stranger = moved.Client();
        var namesake = Identity.OfOidc(successor).With("sub", identity.Claims["sub"]!.DeepClone());
        Assert.Equal(200, (await stranger.SignInAsync(successor, namesake)).Status);
        Assert.Equal((1, 1), (await server.Database.AccountsAsync(identity, $"u.email = '{identity.Email}'"), await server.Database.AccountsAsync(namesake, $"u.email = '{namesake.Email}'")));
    }

    [Fact]
    public async Task SO_08_An_address_counts_only_where_the_settings_say_that_this_provider_is_to_be_believed()
    {
        var person = await client.SignInSomebodyAsync();
        using var visitor = server.Client();
        (await visitor.SignInAsync(provider, Identity.OfOidc(provider, person.Email))).AssertRefused(400, "email_required");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "password_hash IS NOT NULL"));
        await using var trusting = await TestServer.StartOnAsync(server.Database.ConnectionString, [.. provider.Settings, ("Accounts:Social:Oidc:Oidc:TrustEmail", "true")]);
        using var believed = trusting.Client();
        (await believed.SignInAsync(provider, Identity.OfOidc(provider, person.Email).With("email_verified", "true"))).AssertRefused(400, "email_required");
        var vouched = await believed.SignInAsync(provider, Identity.OfOidc(provider, person.Email));
        vouched.AssertRefused(409, "account_exists");
        Assert.Equal("""["password","mail"]""", vouched["methods"]);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "password_hash IS NOT NULL AND NOT email_verified"));
    }

    [Fact]
    public async Task SO_03_Without_an_ID_token_nobody_is_signed_in_nonce_or_not()
    {
        var identity = Identity.OfOidc(provider);
        identity.IdToken = (_, _) => null;
        (await client.SignInAsync(provider, identity)).AssertRefused(400, "provider_profile_failed");
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task An_issuer_without_userinfo_says_it_all_in_the_ID_token()
    {
        provider.DiscoveryDocument.Remove("userinfo_endpoint");
        await StartAgainAsync();
        var (named, nameless) = (Identity.OfOidc(provider), Identity.OfOidc(provider).Without("email"));
        Assert.Equal(200, (await client.SignInAsync(provider, named)).Status);
        (await client.SignInAsync(provider, nameless)).AssertRefused(400, "email_required");
        Assert.Equal((1, 0), (await server.Database.AccountsAsync(named), await server.Database.AccountsAsync(nameless)));
        Assert.False(provider.Requests.ContainsKey("/userinfo"));
    }

    public static TheoryData<string, string?> Defects => new()
    {
        { "issuer", "https://another.example.test" }, { "issuer", "/" }, { "issuer", null }, { "token_endpoint", null }, { "jwks_uri", null },
        { "authorization_endpoint", "javascript:alert(1)" }, { "token_endpoint", "/token" },
    };

    [Theory, MemberData(nameof(Defects))]
    public async Task SO_11_A_document_that_speaks_for_another_or_leaves_something_out_is_none(string member, string? value)
    {
        provider.DiscoveryDocument[member] = value == "/" ? $"{provider.OidcIssuer}/" : value;
        await StartAgainAsync();
        (await client.PostAsync($"{Oidc}begin/")).AssertRefused(503, "unavailable");
        (await client.GetAsync($"{Oidc}login/")).AssertRefused(503, "unavailable");
        (await client.SignInAsync(provider, Identity.OfOidc(provider))).AssertRefused(503, "unavailable");
        Assert.DoesNotContain("oidc", (await client.GetAsync("/api/auth/social/")).Text, StringComparison.Ordinal);
        Assert.Equal((0, 0), (provider.Exchanges, await server.Database.CountAsync("social_states")));
    }

    [Fact]
    public async Task SO_11_Scenario_29_An_issuer_that_is_away_is_not_asked_as_often_as_somebody_likes_and_the_others_stay()
    {
        provider.Faults[ProviderDouble.Discovery] = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await StartAgainAsync();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.Contains("google", (await client.GetAsync("/api/auth/social/")).Text, StringComparison.Ordinal);
        }
        Assert.InRange(provider.Requests[ProviderDouble.Discovery], 1, 10);
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfGoogle())).Status);
    }

    [Fact]
    public async Task SO_11_Scenario_29_What_has_been_read_serves_while_the_issuers_document_is_away()
    {
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfOidc(provider))).Status);
        provider.Faults[ProviderDouble.Discovery] = context => context.Response.WriteAsync("not JSON");
        provider.RotateKey();
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfOidc(provider))).Status);
    }

    [Fact]
    public async Task SO_03_Scenario_29_A_key_that_is_changed_under_its_old_name_is_read_again_at_once()
    {
        provider.RotateKey("the one key");
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfOidc(provider))).Status);
        provider.RotateKey("the one key");
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfOidc(provider))).Status);
    }

    [Fact]
    public async Task SO_05_An_answer_in_another_issuers_name_is_not_taken()
    {
        var identity = Identity.OfOidc(provider);
        var address = await client.LeaveAsync(provider, identity);
        (await client.GetAsync($"{address}&iss={Uri.EscapeDataString(ProviderDouble.Issuer)}")).AssertRefused(400, "invalid_state");
        Assert.Equal(0, provider.Exchanges);
        Assert.Equal(303, (await client.GetAsync($"{address}&iss={Uri.EscapeDataString(provider.OidcIssuer)}")).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task Whoever_connects_it_is_told_its_name_by_mail()
    {
        var person = await server.SignInVerifiedAsync(client);
        Assert.Equal("""{"detail":"Our company is connected."}""", (await client.ConnectAsync(provider, Identity.OfOidc(provider))).Text);
        Assert.Contains("Our company was connected to your account", (await server.Mailbox.WaitAsync(person.Email, 2)).Subject, StringComparison.Ordinal);
    }
}
