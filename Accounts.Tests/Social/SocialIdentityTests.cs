using System.Text.Json.Nodes;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Who somebody is: never their address, never their name.</summary>
public sealed class SocialIdentityTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public async Task SO_07_Somebody_renamed_and_with_another_address_is_the_same_user()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        var first = await client.SignInAsync(provider, identity);
        identity.User["login"] = Some.Username();
        identity.Emails[0]!["email"] = Some.Email();
        var second = await client.SignInAsync(provider, identity);
        Assert.Equal(200, second.Status);
        Assert.Equal(first.Json.GetProperty("user").GetProperty("id").GetGuid(), second.Json.GetProperty("user").GetProperty("id").GetGuid());
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task SO_07_The_same_address_under_another_id_is_not_the_same_user()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        var other = Identity.OfGoogle(identity.Email);
        (await client.SignInAsync(provider, other)).AssertRefused(409, "account_exists");
        Assert.Equal(0, await server.Database.AccountsAsync(other));
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }

    public static TheoryData<string, string?> BadIds => new()
    {
        { "github", null }, { "github", "null" }, { "github", "0" }, { "github", "-1" }, { "github", "\"17\"" }, { "github", "\"\"" }, { "github", "1.5" }, { "github", "{}" },
        { "google", null }, { "google", "null" }, { "google", "\"\"" }, { "google", "\"0\"" }, { "google", "\" \"" }, { "google", "17" }, { "google", "\" 17\"" }, { "google", "[]" },
        { "facebook", null }, { "facebook", "\"\"" }, { "facebook", "\"0\"" }, { "facebook", "17" }, { "facebook", "{}" },
        { "linkedin", null }, { "linkedin", "\"\"" }, { "linkedin", "\"0\"" }, { "linkedin", "17" }, { "linkedin", "\" 17\"" },
        { "oidc", null }, { "oidc", "null" }, { "oidc", "\"\"" }, { "oidc", "\"0\"" }, { "oidc", "17" }, { "oidc", $"\"{new string('x', 256)}\"" },
    };

    private Identity Of(string name) => name switch
    {
        "google" => Identity.OfGoogle(),
        "github" => Identity.OfGitHub(),
        "facebook" => Identity.OfFacebook(),
        "linkedin" => Identity.OfLinkedIn(),
        _ => Identity.OfOidc(provider),
    };

    [Theory, MemberData(nameof(BadIds))]
    public async Task SO_07_An_id_that_could_be_anybodys_is_nobodys(string name, string? id)
    {
        using var client = server.Client();
        var identity = Of(name);
        var (said, member) = identity.Claims.Count > 0 ? (identity.Claims, "sub") : (identity.User, "id");
        said.Remove(member);
        if (id is not null)
        {
            said[member] = JsonNode.Parse(id);
        }
        (await client.SignInAsync(provider, identity)).AssertBody(400, """{"detail":"Failed to fetch user from provider","code":"provider_profile_failed"}""");
        Assert.Equal(0, await server.Database.UsersAsync(identity.Email));
    }

    /// <summary>OpenID Connect Core section 2 gives <c>sub</c> so many characters.</summary>
    [Fact]
    public async Task SO_07_An_id_of_255_characters_is_kept_to_the_last_of_them()
    {
        using var client = server.Client();
        var identity = Identity.OfOidc(provider).With("sub", new string('x', 254) + "1");
        var neighbour = Identity.OfOidc(provider).With("sub", new string('x', 254) + "2");
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        Assert.Equal(200, (await client.SignInAsync(provider, neighbour)).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.email = '{identity.Email}'"));
        Assert.Equal(1, await server.Database.AccountsAsync(neighbour, $"u.email = '{neighbour.Email}'"));
    }

    public static TheoryData<string?> NotVerified => [(string?)null, "false", "\"true\"", "\"false\"", "1", "null", "[true]"];

    [Theory, MemberData(nameof(NotVerified))]
    public async Task SO_08_Scenario_24_Google_and_LinkedIn_must_say_in_so_many_words_that_an_address_is_verified(string? said)
    {
        await IsNotVerifiedAsync(Identity.OfGoogle, said);
        await IsNotVerifiedAsync(Identity.OfLinkedIn, said);
    }

    private async Task IsNotVerifiedAsync(Func<string?, Identity> of, string? said)
    {
        using var client = server.Client();
        using var owner = server.Client();
        var person = await server.SignInVerifiedAsync(owner);
        var identity = of(person.Email).Without("email_verified");
        if (said is not null)
        {
            identity.Claims["email_verified"] = JsonNode.Parse(said);
        }
        (await client.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
        Assert.Null(client.RefreshCookie);
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        identity.With("email", Some.Email());
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(identity.Email, "NOT email_verified"));
    }

    [Fact]
    public async Task SO_08_Scenario_24_An_address_of_Facebooks_is_never_verified_whatever_it_says()
    {
        using var client = server.Client();
        using var owner = server.Client();
        var person = await owner.SignInSomebodyAsync();
        var identity = Identity.OfFacebook(person.Email);
        (identity.User["email_verified"], identity.User["verified"]) = (true, true);
        (await client.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
        Assert.Equal(200, (await owner.MeAsync()).Status);
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task A_person_without_an_address_at_Facebook_needs_another_way()
    {
        using var client = server.Client();
        var identity = Identity.OfFacebook();
        identity.User.Remove("email");
        (await client.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task SO_08_Scenario_24_Of_GitHubs_addresses_only_a_verified_one_counts(bool primary, bool verified)
    {
        using var client = server.Client();
        using var owner = server.Client();
        var person = await server.SignInVerifiedAsync(owner);
        var identity = Identity.OfGitHub(person.Email);
        identity.User["email"] = person.Email;
        (identity.Emails[0]!["primary"], identity.Emails[0]!["verified"]) = (primary, verified);
        (await client.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task Where_accounts_are_hidden_an_unverified_claim_does_not_tell_whether_there_is_one()
    {
        await using var discreet = await shared.StartAnotherAsync(("Accounts:Registration:HideExistingAccounts", "true"));
        using var client = discreet.Client();
        var person = await client.RegisterSomebodyAsync();
        var taken = await client.SignInAsync(provider, Identity.OfGoogle(person.Email).With("email_verified", false));
        var free = await client.SignInAsync(provider, Identity.OfGoogle().With("email_verified", false));
        taken.AssertRefused(400, "email_required");
        Assert.Equal(taken.Text.Replace(taken["ticket"]!, "", StringComparison.Ordinal), free.Text.Replace(free["ticket"]!, "", StringComparison.Ordinal));
    }
}
