using System.Text;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>What a code, a verifier and a state must prove before anybody is signed in.</summary>
public sealed class SocialProofTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Google = "/api/auth/social/google/";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Theory]
    [InlineData("{}", """{"code":["This field is required."],"code_verifier":["This field is required."]}""")]
    [InlineData("""{"code":"","code_verifier":" "}""", """{"code":["This field may not be blank."],"code_verifier":["This field may not be blank."]}""")]
    [InlineData("""{"code":{"a":1},"code_verifier":null}""", """{"code":["Not a valid string."],"code_verifier":["This field may not be null."]}""")]
    public async Task Missing_and_blank_fields_are_told_all_at_once(string body, string expected)
    {
        using var client = server.Client();
        var answer = await client.SendAsync(HttpMethod.Post, Google, new StringContent(body, Encoding.UTF8, "application/json"));
        answer.AssertBody(400, expected);
    }

    [Theory]
    [InlineData(42, 'a')]
    [InlineData(129, 'a')]
    [InlineData(60, '+')]
    [InlineData(60, '/')]
    [InlineData(60, 'é')]
    public async Task SO_02_A_verifier_that_is_none_is_refused_before_the_provider_is_asked(int length, char character)
    {
        using var client = server.Client();
        var (identity, verifier) = (Identity.OfGoogle(), new string(character, length));
        var code = provider.Issue(identity, SocialSteps.Challenge(verifier), $"{server.Address}");
        var before = provider.Exchanges;
        var answer = await client.PostAsync(Google, new { code, code_verifier = verifier });
        Assert.Equal((400, true), (answer.Status, answer.Text.StartsWith("{\"code_verifier\":[", StringComparison.Ordinal)));
        Assert.Equal(before, provider.Exchanges);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Theory]
    [InlineData(43)]
    [InlineData(128)]
    public async Task SO_02_Every_length_that_the_standard_allows_is_accepted(int length)
    {
        using var client = server.Client();
        var verifier = new string('~', length);
        var code = provider.Issue(Identity.OfGoogle(), SocialSteps.Challenge(verifier), $"{server.Address}");
        Assert.Equal(200, (await client.PostAsync(Google, new { code, code_verifier = verifier })).Status);
    }

    [Fact]
    public async Task SO_02_A_wrong_verifier_fails_the_exchange_and_a_code_serves_once()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var stolen = provider.Issue(identity, SocialSteps.Challenge(new string('a', 50)), $"{server.Address}");
        (await client.PostAsync(Google, new { code = stolen, code_verifier = SocialSteps.Verifier })).AssertBody(400, """{"detail":"Code exchange failed","code":"code_exchange_failed"}""");
        await server.Database.KnowsNothingOfAsync(identity);
        var code = provider.Issue(identity, SocialSteps.Challenge(), $"{server.Address}");
        Assert.Equal(200, (await client.PostAsync(Google, new { code, code_verifier = SocialSteps.Verifier })).Status);
        (await client.PostAsync(Google, new { code, code_verifier = SocialSteps.Verifier })).AssertRefused(400, "code_exchange_failed");
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @e", ("e", identity.Email)));
    }

    [Fact]
    public async Task SO_02_Every_beginning_has_a_challenge_state_and_nonce_of_its_own_and_the_database_none_of_the_secrets()
    {
        using var client = server.Client();
        var one = await client.PostAsync($"{Google}begin/");
        var other = await client.PostAsync($"{Google}begin/");
        foreach (var member in new[] { "state", "nonce", "code_challenge" })
        {
            Assert.Equal(43, one[member]!.Length);
            Assert.NotEqual(one[member], other[member]);
        }
        Assert.Contains("code_challenge_method=S256", one["authorization_url"], StringComparison.Ordinal);
        var dump = await server.Database.DumpAsync();
        Assert.DoesNotContain(one["state"]!, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(client.Cookies["social"], dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SO_01_A_state_is_spent_once()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var (code, state) = await client.BeginAsync(provider, identity);
        Assert.Equal(200, (await client.PostAsync(Google, new { code, state })).Status);
        var exchanges = provider.Exchanges;
        (await client.PostAsync(Google, new { code, state })).AssertRefused(400, "invalid_state");
        Assert.Equal(exchanges, provider.Exchanges);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("altered")]
    [InlineData("other browser")]
    [InlineData("no browser")]
    [InlineData("body mode")]
    [InlineData("other provider")]
    [InlineData("connect")]
    public async Task SO_01_A_state_serves_its_own_browser_provider_and_purpose_for_ten_minutes(string wrong)
    {
        using var client = server.Client();
        using var other = server.Client();
        var identity = Identity.OfGoogle();
        await server.SignInVerifiedAsync(other);
        var (code, state) = await (wrong == "connect" ? other : client).BeginAsync(provider, identity);
        await client.PostAsync($"{Google}begin/");
        var exchanges = provider.Exchanges;
        (string, string)[] headers = wrong switch
        {
            "other browser" => [("Cookie", "social=" + new string('x', 43))],
            "no browser" => [("Cookie", "nothing=here")],
            "body mode" => [("X-Token-Transport", "body")],
            "connect" => [("Cookie", $"social={other.Cookies["social"]}")],
            _ => [],
        };
        if (wrong == "expired")
        {
            await server.Database.ExecuteAsync("UPDATE social_states SET expires_at = now()");
        }
        var sent = wrong == "altered" ? state[..^1] + (state[^1] == 'A' ? 'E' : 'A') : state;
        var path = wrong == "other provider" ? "/api/auth/social/github/" : Google;
        (await client.PostAsync(path, new { code, state = sent }, headers)).AssertRefused(400, "invalid_state");
        Assert.Equal(exchanges, provider.Exchanges);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task SO_01_Where_a_state_is_required_a_verifier_of_ones_own_is_not_enough()
    {
        await using var strict = await shared.StartAnotherAsync(("Accounts:Social:RequireState", "true"));
        using var client = strict.Client();
        var identity = Identity.OfGoogle();
        var answer = await client.SignInAsync(provider, identity);
        answer.AssertBody(400, """{"state":["This field is required."]}""");
        await strict.Database.KnowsNothingOfAsync(identity);
        var (code, state) = await client.BeginAsync(provider, identity);
        Assert.Equal(200, (await client.PostAsync(Google, new { code, state, code_verifier = SocialSteps.Verifier })).Status);
    }

    [Fact]
    public async Task SO_02_Sixteen_who_present_one_state_are_one_sign_in()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        var (code, state) = await client.BeginAsync(provider, identity);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.PostAsync("/api/auth/social/github/", new { code, state })));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(15, answers.Count(answer => answer["code"] == "invalid_state"));
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }
}
