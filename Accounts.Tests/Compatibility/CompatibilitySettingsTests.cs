using Accounts.Core.Failures;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>What is served beside our own paths, and where.</summary>
[Trait("Pace", "long")]
public sealed class CompatibilitySettingsTests(Postgres postgres)
{
    private const string Section = "Accounts:Compatibility";

    [Fact]
    public async Task SG_12_None_is_there_unless_it_is_enabled()
    {
        await using var all = await TestServer.StartAsync(postgres, EveryLibrary.Enabled);
        await using var usual = await TestServer.StartAsync(postgres);
        using var client = usual.Client();
        foreach (var alias in Alias.All(all))
        {
            Assert.True((await alias.CallAsync(client)).Status is 404 or 405, alias.Name);
        }
        Assert.Empty(Alias.All(usual));
    }

    [Theory]
    [InlineData("Enabled", "djoser,flaks", "Accounts__Compatibility__Enabled lists \"flaks\": there are dj-rest-auth, djoser, simplejwt, flask.")]
    [InlineData("Djoser:Prefix", "auth", "Accounts__Compatibility__Djoser__Prefix is \"auth\": write a path, for example /djoser,")]
    [InlineData("Flask:Prefix", "/{x}", "Accounts__Compatibility__Flask__Prefix is \"/{x}\": write a path")]
    public async Task A_name_or_path_that_is_none_stops_the_start(string setting, string value, string mistake)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, EveryLibrary.Enabled, ($"{Section}:{setting}", value)));
        Assert.Contains(mistake, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dj-rest-auth", "DjRestAuth", "/api/auth", "Accounts__Compatibility__DjRestAuth__Prefix: POST /api/auth/login of dj-rest-auth would meet POST /api/auth/login of this server. Put it below another prefix.")]
    [InlineData("djoser", "Djoser", "/api/auth/social/google/callback", null)]
    [InlineData("flask", "Flask", "/api/auth/social", "Accounts__Compatibility__Flask__Prefix: POST /api/auth/social/login of flask would meet POST /api/auth/social/{provider} of this server. Put it below another prefix.")]
    [InlineData("simplejwt,djoser", "Djoser", "/api/token", null)]
    [InlineData("flask,dj-rest-auth", "DjRestAuth", "/", "Accounts__Compatibility__DjRestAuth__Prefix: POST /login of dj-rest-auth would meet POST /login of flask. Put it below another prefix.")]
    [InlineData("flask,dj-rest-auth", "DjRestAuth", "/Auth/", "Accounts__Compatibility__DjRestAuth__Prefix: POST /Auth/login of dj-rest-auth would meet POST /auth/login of flask. Put it below another prefix.")]
    public async Task SG_12_A_path_that_would_hide_another_stops_the_start_and_both_are_named(string enabled, string section, string prefix, string? mistake)
    {
        (string, string)[] settings = [($"{Section}:Enabled", enabled), ($"{Section}:{section}:Prefix", prefix)];
        if (mistake is null)
        {
            await (await TestServer.StartAsync(postgres, settings)).DisposeAsync();
            return;
        }
        Assert.Contains(mistake, (await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, settings))).Message.Split('\n'));
    }

    [Fact]
    public async Task Paths_go_where_the_prefix_says_and_with_or_without_their_last_slash()
    {
        await using var server = await TestServer.StartAsync(postgres, ($"{Section}:Enabled", "djoser, simplejwt"), ($"{Section}:Djoser:Prefix", "/auth/v1/"), ($"{Section}:SimpleJwt:Prefix", "/"));
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        foreach (var path in new[] { "/auth/v1/jwt/create/", "/auth/v1/jwt/create", "/token/", "/token", "/TOKEN" })
        {
            Assert.Equal(200, (await client.PostAsync(path, new { username = person.Username, password = person.Password })).Status);
        }
        Assert.Equal(404, (await client.PostAsync("/djoser/jwt/create/")).Status);
        (await client.GetAsync("/token/")).AssertRefused(405, "method_not_allowed");
    }

    [Fact]
    public async Task SG_12_A_listed_page_has_its_tokens_in_bodies()
    {
        await using var server = await TestServer.StartAsync(postgres, EveryLibrary.Enabled, ("Accounts:Sessions:BodyModeOrigins", EveryLibrary.Page.Value));
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        client.Cookies.Clear();
        foreach (var (path, member) in new[] { ("/api/token/", "refresh"), ("/djoser/jwt/create/", "refresh"), ("/dj-rest-auth/login/", "refresh"), ("/djoser/token/login/", "auth_token"), ("/login", "sessionToken") })
        {
            var tokens = await client.PostAsync(path, new { username = person.Username, email = person.Email, password = person.Password }, EveryLibrary.Page);
            Assert.True(tokens.Status == 200 && tokens[member]!.Length > 60, $"{path}: {tokens}");
            Assert.Empty(tokens.SetCookies);
        }
        Assert.Equal(5, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task SG_12_Where_accounts_are_hidden_signing_up_tells_nothing_by_any_of_them()
    {
        await using var server = await TestServer.StartAsync(postgres, EveryLibrary.Enabled, ("Accounts:Registration:HideExistingAccounts", "true"));
        using var client = server.Client();
        var known = await server.RegisterVerifiedAsync(client);
        foreach (var path in new[] { "/dj-rest-auth/registration/", "/djoser/users/", "/auth/register" })
        {
            var answers = new List<string>();
            foreach (var email in new[] { known.Email, Some.Email() })
            {
                client.Cookies.Clear();
                var (username, password) = (Some.Username(), Some.Password);
                var answer = await client.PostAsync(path, new { username, email, password, password1 = password, password2 = password });
                Assert.Equal(201, answer.Status);
                answers.Add(answer.Text.Replace(email, "", StringComparison.Ordinal).Replace(username, "", StringComparison.Ordinal).Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            Assert.Equal(answers[0], answers[1]);
        }
        Assert.Equal(1, await server.Database.CountAsync("users"));
    }
}
