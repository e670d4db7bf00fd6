using System.Text.Json.Nodes;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>Providers that are ready to be switched on, and any number of others by name.</summary>
public sealed class PresetTests(PresetServer shared) : IClassFixture<PresetServer>
{
    private const string Tenant = PresetPeople.Tenant, OtherTenant = "66666666-2222-3333-4444-555555555555";

    private readonly TestServer server = shared.Server;
    private readonly PresetDouble provider = shared.Provider;

    private async Task<Answer> SignInAsync(ApiClient client, string name, JsonObject person)
    {
        var begun = await client.PostAsync($"/api/auth/social/{name}/begin/", new { mode = "sign_in" });
        Assert.True(begun.Status == 200, begun.ToString());
        var (code, state) = provider.Authorize(begun["authorization_url"]!, person);
        return await client.PostAsync($"/api/auth/social/{name}/", new { code, state });
    }

    private static bool IsVerified(Answer answer) => answer.Json.GetProperty("user").GetProperty("email_verified").GetBoolean();

    private static string? IdOf(Answer answer) => answer.Json.GetProperty("user").GetProperty("id").GetString();

    [Fact]
    public async Task Each_preset_and_each_named_issuer_has_a_button_of_its_own()
    {
        using var client = server.Client();
        await Until.TrueAsync(async () => (await client.GetAsync("/api/auth/social/")).Json.GetArrayLength() >= 6, "all have answered");
        var buttons = (await client.GetAsync("/api/auth/social/")).Json.EnumerateArray()
            .ToDictionary(one => one.GetProperty("provider").GetString()!, one => (one.GetProperty("name").GetString(), string.Join(' ', one.GetProperty("flows").EnumerateArray())));
        Assert.Equal(["apple", "company", "discord", "gitlab", "microsoft", "other"], buttons.Keys.Order());
        Assert.Equal(("Company", "code begin redirect"), buttons["company"]);
        Assert.Equal(("The others", "code begin redirect"), buttons["other"]);
        Assert.Equal(("Apple", "redirect"), buttons["apple"]);
    }

    [Fact]
    public async Task SO_07_Two_named_issuers_with_one_sub_are_two_people()
    {
        using var client = server.Client();
        var (one, namesake) = (provider.Issued("company"), provider.Issued("other"));
        namesake["sub"] = one["sub"]!.DeepClone();
        Assert.NotEqual(IdOf(await SignInAsync(client, "company", one)), IdOf(await SignInAsync(client, "other", namesake)));
        (await SignInAsync(client, "other", provider.Issued("company"))).AssertRefused(400, "provider_profile_failed");
    }

    [Fact]
    public async Task SO_07_Who_comes_by_Microsoft_is_known_by_tenant_and_object_and_the_address_is_believed_of_nobody()
    {
        using var client = server.Client();
        var (oid, email) = ($"{Guid.NewGuid()}", Some.Email());
        var first = await SignInAsync(client, "microsoft", provider.Microsofts(Tenant, oid, email));
        Assert.True(first.Status == 200, first.ToString());
        Assert.False(IsVerified(first));
        // For another application the sub is another, and an administrator may have changed the address.
        Assert.Equal(IdOf(first), IdOf(await SignInAsync(client, "microsoft", provider.Microsofts(Tenant, oid, "president@example.test"))));
        Assert.NotEqual(IdOf(first), IdOf(await SignInAsync(client, "microsoft", provider.Microsofts(OtherTenant, oid))));
    }

    [Fact]
    public async Task XA_13_Microsofts_ID_token_says_nothing_of_verified_addresses_and_userinfo_is_not_asked_for_it()
    {
        using var client = server.Client();
        var person = provider.Microsofts(Tenant);
        person.Remove("email_verified");
        var answer = await SignInAsync(client, "microsoft", person);
        Assert.True(answer.Status == 200 && !IsVerified(answer), answer.ToString());
    }

    [Fact]
    public async Task SO_08_An_address_that_a_tenant_writes_into_a_profile_gets_nobodys_account()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        using var attacker = server.Client();
        (await SignInAsync(attacker, "microsoft", provider.Microsofts(OtherTenant, email: person.Email))).AssertRefused(400, "email_required");
    }

    [Fact]
    public async Task SO_03_A_token_of_Microsofts_is_of_the_tenant_that_it_names()
    {
        using var client = server.Client();
        var (foreign, nameless) = (provider.Microsofts(Tenant), provider.Microsofts(Tenant));
        foreign["tid"] = OtherTenant;
        nameless.Remove("tid");
        (await SignInAsync(client, "microsoft", foreign)).AssertRefused(400, "provider_profile_failed");
        (await SignInAsync(client, "microsoft", nameless)).AssertRefused(400, "provider_profile_failed");
    }

    [Fact]
    public async Task SO_03_Where_one_tenant_is_let_in_another_is_not()
    {
        await using var strict = await TestServer.StartOnAsync(server.Database.ConnectionString, [.. provider.Settings, ("Accounts:Social:Microsoft:Tenant", Tenant)]);
        using var client = strict.Client();
        Assert.Equal(200, (await SignInAsync(client, "microsoft", provider.Microsofts(Tenant))).Status);
        (await SignInAsync(client, "microsoft", provider.Microsofts(OtherTenant))).AssertRefused(400, "provider_profile_failed");
    }

    [Fact]
    public async Task GitLab_is_an_issuer_whose_addresses_are_taken_for_verified()
    {
        using var client = server.Client();
        var answer = await SignInAsync(client, "gitlab", provider.Issued("gitlab"));
        Assert.True(answer.Status == 200 && IsVerified(answer), answer.ToString());
    }

    [Theory]
    [InlineData(true, true), InlineData(false, false), InlineData("true", false)]
    public async Task SO_08_Discord_says_in_so_many_words_that_an_address_is_verified(object verified, bool expected)
    {
        using var client = server.Client();
        var person = PresetPeople.Discords();
        person["verified"] = verified is bool truth ? truth : (string)verified;
        var answer = await SignInAsync(client, "discord", person);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(expected, IsVerified(answer));
        Assert.Equal("Dis", answer.Json.GetProperty("user").GetProperty("first_name").GetString());
    }
}
