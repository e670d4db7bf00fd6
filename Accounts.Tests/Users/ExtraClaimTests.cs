using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>What access tokens tell of extra fields.</summary>
public sealed class ExtraClaimTests(ExtraClaimTests.Introspected shared) : IClassFixture<ExtraClaimTests.Introspected>
{
    private const string Secret = "a secret of a resource server that is long enough";

    private readonly TestServer server = shared.Server;

    public sealed class Introspected(Postgres postgres)
        : SharedServer(postgres, ExtraServer.Setting, ("Accounts:Tokens:IntrospectionClients", $"orders:{Secret}"));

    [Fact]
    public async Task SG_20_Tokens_tell_the_marked_fields_under_one_claim_and_a_change_shows_at_the_next_refresh()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync("""{"company":"Söhne \"& Co\"","age":42,"nickname":"ann","newsletter":false}""");
        var login = await client.SignInAsync(person);
        Assert.Equal("""{"company":"Söhne \"& Co\"","age":42,"newsletter":false}""", Profile(login.Access));
        Assert.DoesNotContain("ann", Profile(login.Access), StringComparison.Ordinal);
        await client.PatchMeAsync("""{"company":"Acme","age":null,"newsletter":true}""");
        await server.Database.ChangeAsync(person, """extra = extra || '{"plan":"team"}'""");
        Assert.Equal("""{"company":"Acme","newsletter":true,"plan":"team"}""", Profile((await client.RefreshAsync()).Access));
        Assert.Equal("""{"company":"Acme","newsletter":true,"plan":"team"}""", Profile((await client.PostAsync("/api/auth/session/")).Access));
        var told = (await IntrospectAsync(login.Access)).Json;
        Assert.Equal("""{"company":"Acme","newsletter":true,"plan":"team"}""", told.GetProperty("profile").GetRawText());
    }

    [Fact]
    public async Task SG_20_A_user_who_has_none_of_them_has_no_such_claim()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme","nickname":"ann"}""");
        await server.Database.ChangeAsync(person, "extra = extra - 'company'");
        Assert.Null(Profile((await client.RefreshAsync()).Access));
        Assert.False((await IntrospectAsync(client.Access!)).Json.TryGetProperty("profile", out _));
        await server.Database.ChangeAsync(person, "extra = NULL");
        Assert.Null(Profile((await client.RefreshAsync()).Access));
    }

    [Fact]
    public async Task SG_20_Nothing_that_a_user_writes_becomes_another_claim()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme"}""");
        var before = AccessTokenText.ClaimsOf(client.Access!);
        const string forged = "\",\"roles\":[\"a";
        var answer = await client.PatchMeAsync("""{"company":"\",\"roles\":[\"a","roles":["admin"],"sub":"1","user_id":"1","email_verified":true,"profile":{"roles":["admin"],"plan":"team"},"plan":"team"}""");
        Assert.Equal((200, forged, "[]"), (answer.Status, answer["company"], answer["roles"]));
        var claims = AccessTokenText.ClaimsOf((await client.SignInAsync(person)).Access);
        foreach (var name in new[] { "sub", "user_id", "roles", "email_verified", "iss", "aud" })
        {
            Assert.Equal(before.GetProperty(name).GetRawText(), claims.GetProperty(name).GetRawText());
        }
        Assert.Equal([forged], claims.GetProperty("profile").EnumerateObject().Select(member => member.Value.GetString()));
        await server.Database.HasExtraAsync(person, """{"company":"\",\"roles\":[\"a"}""");
    }

    /// <summary>Of as many characters as the setting may give to tokens, each of four bytes.</summary>
    [Fact]
    public async Task SG_20_The_largest_token_that_a_setting_allows_is_good_here()
    {
        await using var wide = await TestServer.StartOnAsync(
            server.Database.ConnectionString, ("Accounts:Profile:Fields", """{"properties":{"wide":{"type":"string","maxLength":250,"x-in-token":true}}}"""));
        using var client = wide.Client();
        var text = string.Concat(Enumerable.Repeat("😀", 250));
        var person = await client.SignInSomebodyAsync($$"""{"wide":"{{text}}"}""");
        await server.Database.ExecuteAsync("UPDATE users SET roles = @roles WHERE email = @email",
            ("roles", Enumerable.Range(10, 20).Select(i => $"role-{i}".PadRight(32, 'x')).ToArray()), ("email", person.Email));
        foreach (var access in new[] { (await client.SignInAsync(person)).Access, (await client.RefreshAsync()).Access })
        {
            Assert.Equal(text, AccessTokenText.ClaimsOf(access).GetProperty("profile").GetProperty("wide").GetString());
            Assert.Equal((200, text), ((await client.MeAsync(access)).Status, (await client.MeAsync(access))["wide"]));
        }
    }

    private static string? Profile(string access) => AccessTokenText.ClaimsOf(access).TryGetProperty("profile", out var profile) ? profile.GetRawText() : null;

    private async Task<Answer> IntrospectAsync(string token)
    {
        using var client = server.Client();
        return await client.PostAsync("/api/auth/introspect/", new { token }, ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"orders:{Secret}"))}"));
    }
}
