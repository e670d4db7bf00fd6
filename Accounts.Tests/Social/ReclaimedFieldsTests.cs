using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Accounts.Tests.Users;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Extra fields where a provider makes or gets the account.</summary>
public sealed class ReclaimedFieldsTests(ReclaimedFieldsTests.Profiled shared) : IClassFixture<ReclaimedFieldsTests.Profiled>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    public sealed class Profiled(Postgres postgres) : SocialServer(postgres, ExtraServer.Setting);

    [Fact]
    public async Task SG_10_Extra_fields_that_a_stranger_filled_are_gone_when_the_owner_comes()
    {
        using var attacker = server.Client();
        using var owner = server.Client();
        var name = Some.Username();
        var person = Some.Person() with { Email = $"{name}@gmail.com" };
        Assert.Equal(201, (await attacker.RegisterAsync(person, """{"company":"Evil","age":13}""")).Status);
        await server.Database.HasExtraAsync(person, """{"company":"Evil","age":13}""");
        var answer = await owner.SignInAsync(provider, Identity.OfGoogle(person.Email));
        Assert.True(answer.Status == 200, answer.ToString());
        await server.Database.HasExtraAsync(person, null);
        var user = answer.Json.GetProperty("user");
        Assert.Equal(("null", "null"), (user.GetProperty("company").GetRawText(), user.GetProperty("age").GetRawText()));
        Assert.False(AccessTokenText.ClaimsOf(answer.Access).TryGetProperty("profile", out _));
    }

    [Fact]
    public async Task Who_comes_by_a_provider_has_none_until_they_fill_them()
    {
        using var client = server.Client();
        var answer = await client.SignInAsync(provider, Identity.OfGitHub());
        Assert.Equal((200, "null"), (answer.Status, answer.Json.GetProperty("user").GetProperty("company").GetRawText()));
        client.Access = answer.Access;
        Assert.Equal((200, "null", "42"), ((await client.PatchMeAsync("""{"age":42}""")).Status, (await client.MeAsync())["company"], (await client.MeAsync())["age"]));
        Assert.Equal((200, "Acme"), ((await client.PatchMeAsync("""{"company":"Acme"}""")).Status, (await client.MeAsync())["company"]));
    }
}
