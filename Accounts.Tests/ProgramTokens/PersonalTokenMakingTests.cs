using System.Text;
using System.Text.Json;
using Accounts.Core.ProgramTokens;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.ProgramTokens;

/// <summary>Who makes personal tokens, of what, and how many.</summary>
public sealed class PersonalTokenMakingTests(ProgramServer shared) : IClassFixture<ProgramServer>, IAsyncLifetime
{
    private const string NotHeld = """{"roles":["A token can have only roles that you hold."]}""", NotLifetime = """{"expires_in":["Enter a whole number of seconds, from 1 to 31622400."]}""";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient owner = shared.Server.Client();
    private Person person = null!;

    public async ValueTask InitializeAsync() => person = await server.SignInHolderAsync(owner);

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_20_Making_one_takes_a_proof_of_a_moment_ago_and_removing_one_does_not()
    {
        var (id, _) = await owner.MakeTokenAsync();
        await owner.AgeProofAsync(server);
        (await owner.AskTokenAsync(new { name = "x" })).AssertRefused(403, "reauthentication_required");
        Assert.Equal(1, await server.Database.TokensOfAsync(person));
        Assert.Equal(204, (await owner.RemoveTokenAsync(id)).Status);
    }

    [Fact]
    public async Task SG_01_Who_has_a_second_factor_makes_one_by_both_alone()
    {
        using var client = server.Client();
        var (somebody, enrolled) = await server.EnrolSomebodyAsync(client);
        var refused = await client.AskTokenAsync(new { name = "x" });
        refused.AssertRefused(403, "reauthentication_required");
        Assert.Equal("aal2", refused["acr"]);
        Assert.Equal(0, await server.Database.TokensOfAsync(somebody));
        await client.ProveAgainAsync(enrolled.RecoveryCodes[0]);
        await server.AssertGoodAsync((await client.MakeTokenAsync()).Token);
    }

    [Theory]
    [InlineData("""{}""", """{"name":["This field is required."]}""")]
    [InlineData("""{"name":" "}""", """{"name":["This field may not be blank."]}""")]
    [InlineData("""{"name":null,"roles":null}""", """{"name":["This field may not be null."],"roles":["This field may not be null."]}""")]
    [InlineData("""{"name":"a\u0007b"}""", """{"name":["Control characters are not allowed."]}""")]
    [InlineData("""{"name":"x","roles":["publisher"]}""", NotHeld)]
    [InlineData("""{"name":"x","roles":["editor","admin"]}""", NotHeld)]
    [InlineData("""{"name":"x","roles":["Editor"]}""", """{"roles":["A role is a lower-case letter and up to 31 letters, digits, - and _."]}""")]
    [InlineData("""{"name":"x","roles":{"editor":true}}""", """{"roles":["Expected a list of items."]}""")]
    [InlineData("""{"name":"x","roles":[1]}""", """{"roles":["Not a valid string."]}""")]
    [InlineData("""{"name":"x","expires_in":0}""", NotLifetime), InlineData("""{"name":"x","expires_in":-1}""", NotLifetime), InlineData("""{"name":"x","expires_in":1.5}""", NotLifetime)]
    [InlineData("""{"name":"x","expires_in":31622401}""", NotLifetime), InlineData("""{"name":"x","expires_in":1e30}""", NotLifetime), InlineData("""{"name":"x","expires_in":"soon"}""", NotLifetime)]
    [InlineData("""{"name":"x","expires_in":[1]}""", NotLifetime), InlineData("""{"name":"x","expires_in":null}""", """{"expires_in":["This field may not be null."]}""")]
    public async Task SG_20_What_cannot_be_is_told_by_its_field_and_makes_nothing(string body, string errors)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await owner.SendAsync(HttpMethod.Post, ProgramTokenSteps.Tokens, content)).AssertBody(400, errors);
        Assert.Equal(0, await server.Database.TokensOfAsync(person));
        Assert.Equal(0, await server.Database.EventsAsync(person, "personal_token_made"));
    }

    [Fact]
    public async Task SG_20_The_longest_name_and_time_are_taken_and_a_form_as_well_as_JSON()
    {
        var name = new string('x', PersonalToken.LongestName);
        Assert.Equal(400, (await owner.AskTokenAsync(new { name = name + "x" })).Status);
        Assert.Equal(201, (await owner.AskTokenAsync(new { name, expires_in = 31622400 })).Status);
        using var form = new FormUrlEncodedContent([new("name", "form"), new("roles", "editor, auditor"), new("expires_in", "60")]);
        var answer = await owner.SendAsync(HttpMethod.Post, ProgramTokenSteps.Tokens, form);
        Assert.Equal((201, """["auditor","editor"]"""), (answer.Status, answer["roles"]));
        Assert.Equal(["form", name], (await owner.TokensAsync()).Select(token => Text(token, "name")));
    }

    [Fact]
    public async Task SG_20_Nobody_has_more_than_fifty_that_are_good()
    {
        await owner.MakeTokenAsync();
        await server.Database.ExecuteAsync($"""
            INSERT INTO api_tokens (user_id, id, token_hash, epoch, name, roles, created_at, expires_at)
            SELECT t.user_id, gen_random_uuid(), sha256(t.token_hash || n::text::bytea), t.epoch, t.name, t.roles, t.created_at, t.expires_at
            FROM api_tokens t JOIN users u ON u.id = t.user_id, generate_series(1, {PersonalToken.MostOfOneUser - 1}) n WHERE u.email = @email
            """, ("email", person.Email));
        (await owner.AskTokenAsync(new { name = "x" })).AssertRefused(409, "too_many_tokens");
        Assert.Equal(PersonalToken.MostOfOneUser, await server.Database.TokensOfAsync(person));
        Assert.Equal(1, await server.Database.EventsAsync(person, "personal_token_made"));
        Assert.Equal(204, (await owner.RemoveTokenAsync(Text((await owner.TokensAsync())[0], "id"))).Status);
        await owner.MakeTokenAsync();
        (await owner.AskTokenAsync(new { name = "x" })).AssertRefused(409, "too_many_tokens");
        await server.Database.ChangeTokensAsync(person, "expires_at = clock_timestamp()");
        await owner.MakeTokenAsync();
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
