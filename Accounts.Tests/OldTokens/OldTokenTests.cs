using System.Diagnostics;
using Accounts.Tests.Passwords;
using Accounts.Tests.Sessions;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.OldTokens;

/// <summary>Who had signed in at the system of before stays signed in, once.</summary>
public sealed class OldTokenTests(OldTokenServer shared) : IClassFixture<OldTokenServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person person = null!;
    private string legacyId = null!;

    public async ValueTask InitializeAsync() => (person, legacyId) = await OldTokenServer.ImportAsync(server);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_21_A_token_in_the_old_cookie_is_swapped_for_a_refresh_cookie_and_the_old_one_is_deleted_where_it_lay()
    {
        var answer = await client.SwapAsync(OldTokenText.Of(legacyId));
        Assert.True(answer.Status == 200 && answer["refresh"] is null, answer.ToString());
        var old = SetCookie.Parse(answer.SetCookies.Single(set => set.StartsWith(OldTokenServer.Cookie, StringComparison.Ordinal)));
        Assert.Equal(("", "/api", (TimeSpan?)TimeSpan.Zero), (old.Value, old.Attributes["path"], old.MaxAge));
        Assert.Equal(person.Username, (await client.MeAsync(answer.Access))["username"]);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        Assert.True(await server.Session(client.RefreshCookie!).ReadAsync<bool>("transport = 'cookie' AND persistent"));
    }

    [Fact]
    public async Task SG_21_A_sign_in_takes_the_old_cookie_away_so_that_it_signs_in_nobody_else_there_later()
    {
        var other = await client.RegisterSomebodyAsync();
        foreach (var transport in new[] { "cookie", "session" })
        {
            var answer = await client.LoginAsync(other, transport, OldTokenSteps.AsCookie(OldTokenText.Of(legacyId)));
            Assert.Equal(200, answer.Status);
            Assert.Contains(answer.SetCookies, set => set.StartsWith($"{OldTokenServer.Cookie}=;", StringComparison.Ordinal) && set.Contains("path=/api;", StringComparison.OrdinalIgnoreCase));
        }
        Assert.DoesNotContain((await client.LoginAsync(other)).SetCookies, set => set.StartsWith(OldTokenServer.Cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SG_21_A_token_in_the_body_is_answered_in_the_body()
    {
        var answer = await client.SwapByBodyAsync(OldTokenText.Of($"\"{legacyId}\""));
        Assert.True(answer.Status == 200 && !answer.SetCookies.Any(), answer.ToString());
        Assert.Equal(200, (await client.SwapByBodyAsync(answer["refresh"]!)).Status);
        Assert.True(await server.Session(answer["refresh"]!).ReadAsync<bool>("transport = 'body'"));
    }

    [Fact]
    public async Task SG_21_A_script_of_an_origin_that_is_not_listed_gets_none_in_a_body()
    {
        var answer = await client.SwapByBodyAsync(OldTokenText.Of(legacyId), ("Origin", "http://localhost:3000"), ("Sec-Fetch-Site", "same-origin"));
        await server.Database.AssertNotTakenAsync(answer, person, "missing");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task SG_21_One_that_is_blacklisted_as_before_is_spent_and_told_so(bool inBody)
    {
        var token = OldTokenText.Of(legacyId);
        (await (inBody ? client.PostAsync("/api/token/blacklist/", new { refresh = token }) : client.PostAsync("/api/token/blacklist/", null, OldTokenSteps.AsCookie(token)))).AssertBody(200, "{}");
        await server.Database.AssertNotTakenAsync(await client.SwapByBodyAsync(token), person, "revoked");
    }

    [Fact]
    public async Task SG_21_The_request_of_a_page_that_loads_takes_it_too()
    {
        var answer = await client.PostAsync("/api/auth/session/", null, OldTokenSteps.AsCookie(OldTokenText.Of(legacyId)));
        Assert.True(answer["access"] is not null && answer.Json.GetProperty("user").GetProperty("username").GetString() == person.Username, answer.ToString());
        Assert.NotNull(client.RefreshCookie);
    }

    [Fact]
    public async Task SG_21_It_proves_little_and_nothing_recent()
    {
        var answer = await client.SwapAsync(OldTokenText.Signed(OldTokenText.Header, OldTokenText.Claims(legacyId, ago: TimeSpan.FromSeconds(5))));
        var claims = SecondFactorSteps.ClaimsOf(answer.Access);
        Assert.Equal(("aal1", 0L, "[]"), (claims.GetProperty("acr").GetString(), claims.GetProperty("auth_time").GetInt64(), claims.GetProperty("amr").GetRawText()));
        client.Access = answer.Access;
        (await client.GetAsync("/api/auth/me/export/")).AssertRefused(403, "reauthentication_required");
        Assert.Equal(200, (await client.ReauthenticateAsync(new { password = person.Password })).Status);
    }

    [Fact]
    public async Task SG_21_Ten_tabs_at_once_get_one_session()
    {
        var token = OldTokenText.Of(legacyId);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var tab = server.Client();
            return await tab.SwapAsync(token);
        }));
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.Equal(1, await server.Database.SessionsAsync(person));
        Assert.Equal(1, await server.Database.CountAsync("old_tokens t JOIN users u ON u.id = t.user_id", "u.email = @email", ("email", person.Email)));
        // Whichever answer came last: what it left in the browser is good.
        foreach (var answer in answers)
        {
            Assert.Equal(200, (await client.RefreshAsync(answer.RefreshCookie)).Status);
        }
    }

    [Fact]
    public async Task SG_21_A_tab_that_comes_after_the_first_refresh_gets_the_session_as_it_is_by_then()
    {
        var token = OldTokenText.Of(legacyId);
        await client.SwapAsync(token);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        using var late = server.Client();
        var answer = await late.SwapAsync(token);
        Assert.Equal(client.RefreshCookie, answer.RefreshCookie);
        Assert.Equal(200, (await late.RefreshAsync()).Status);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task SG_21_After_the_leeway_it_is_refused_and_the_session_goes_on()
    {
        var token = OldTokenText.Of(legacyId);
        await client.SwapAsync(token);
        await server.Database.ExecuteAsync("UPDATE old_tokens SET taken_at = taken_at - interval '31 seconds'");
        using var thief = server.Client();
        var answer = await thief.SwapAsync(token);
        Assert.Equal((401, "revoked"), (answer.Status, answer["reason"]));
        Assert.Null(answer.RefreshCookie);
        Assert.Equal("", answer.Cookie(OldTokenServer.Cookie));
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 0, "alive");
        Assert.Equal(1, await server.Database.SessionsAsync(person));
    }

    [Fact]
    public async Task SG_21_Another_way_than_the_first_gets_nothing_of_its_session()
    {
        var token = OldTokenText.Of(legacyId);
        await client.SwapAsync(token);
        var answer = await client.SwapByBodyAsync(token, ("Cookie", "none=1"));
        Assert.Equal((401, "revoked"), (answer.Status, answer["reason"]));
    }

    [Theory]
    [InlineData("roles = '{editor}'")]
    [InlineData("ways = '{password,totp}'")]
    [InlineData("is_active = false")]
    [InlineData("deleted_at = now(), erase_after = now() + interval '14 days'")]
    [InlineData("frozen_until = now() + interval '7 days'")]
    [InlineData("legacy_id = NULL")]
    [InlineData("legacy_id = '0' || legacy_id")]
    public async Task SG_21_Nobody_with_roles_or_a_factor_and_nobody_who_may_not_sign_in(string who)
    {
        await server.Database.ChangeAsync(person, who);
        var answer = await client.SwapAsync(OldTokenText.Of(legacyId));
        await server.Database.AssertNotTakenAsync(answer, person, "revoked");
        Assert.Equal(0, await server.Database.CountAsync("old_tokens t JOIN users u ON u.id = t.user_id", "u.email = @email", ("email", person.Email)));
    }

    [Theory, InlineData("reset"), InlineData("change"), InlineData("everywhere")]
    public async Task SG_21_What_ends_all_sessions_here_ends_old_tokens(string what)
    {
        var token = OldTokenText.Of(legacyId);
        if (what == "reset")
        {
            Assert.Equal(200, (await client.ResetAsync(await server.ResetTokenAsync(client, person))).Status);
        }
        else
        {
            await client.SignInAsync(person);
            Assert.Equal(200, what == "change"
                ? (await client.PostAsync("/api/auth/password/change/", new { old_password = person.Password, new_password = Some.OtherPassword })).Status
                : (await client.LogoutAllAsync(keepCurrent: true)).Status);
        }
        using var old = server.Client();
        var answer = await old.SwapAsync(token);
        Assert.Equal((401, "revoked", ""), (answer.Status, answer["reason"], answer.Cookie(OldTokenServer.Cookie)));
    }

    [Fact]
    public async Task SG_21_A_sign_out_everywhere_at_the_same_moment_leaves_no_session_of_an_old_token()
    {
        for (var round = 0; round < 5; round++)
        {
            var (somebody, id) = await OldTokenServer.ImportAsync(server);
            using var owner = server.Client();
            using var old = server.Client();
            await owner.SignInAsync(somebody);
            await Task.WhenAll(owner.LogoutAllAsync(keepCurrent: false), old.SwapAsync(OldTokenText.Of(id)));
            Assert.Equal(0, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", $"u.email = @email AND {SessionRow.Open}", ("email", somebody.Email)));
        }
    }

    [Fact]
    public async Task SG_21_Who_signs_out_by_the_old_cookie_does_not_come_back_by_it()
    {
        var token = OldTokenText.Of(legacyId);
        var answer = await client.PostAsync("/api/auth/logout/", null, OldTokenSteps.AsCookie(token));
        Assert.Equal((200, ""), (answer.Status, answer.Cookie(OldTokenServer.Cookie)));
        await server.Database.AssertNotTakenAsync(await client.SwapAsync(token), person, "revoked");
    }

    [Fact]
    public async Task SG_21_A_token_of_ours_goes_before_an_old_one()
    {
        await client.SwapAsync(OldTokenText.Of(legacyId));
        var answer = await client.PostAsync("/api/auth/token/refresh/", null, ("Cookie", $"refresh_token={client.RefreshCookie}; {OldTokenServer.Cookie}={OldTokenText.Of(legacyId)}"));
        Assert.Equal(200, answer.Status);
        Assert.Equal(1, await server.Database.SessionsAsync(person));
    }

    [Fact]
    public async Task SG_21_What_SimpleJWT_itself_has_made_is_taken()
    {
        const string Script = """
            import sys
            from django.conf import settings
            settings.configure(SECRET_KEY=sys.argv[1], USE_TZ=True, SIMPLE_JWT={"SIGNING_KEY": sys.argv[1]})
            import django
            django.setup()
            from rest_framework_simplejwt.tokens import RefreshToken
            token = RefreshToken()
            token["user_id"] = int(sys.argv[2])
            print(token)
            """;
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script, OldTokenText.Key, legacyId]) { RedirectStandardOutput = true })!;
        var token = (await python.StandardOutput.ReadToEndAsync()).Trim();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, "SimpleJWT is not installed: run ./test, which sets up what the tests need.");
        Assert.Equal(200, (await client.SwapAsync(token)).Status);
    }

    [Fact]
    public async Task SG_21_Rows_go_when_their_tokens_are_over()
    {
        await client.SwapAsync(OldTokenText.Of(legacyId));
        await server.SweepAsync();
        Assert.Equal(1, await server.Database.CountAsync("old_tokens t JOIN users u ON u.id = t.user_id", "u.email = @email", ("email", person.Email)));
        await server.Database.ExecuteAsync("UPDATE old_tokens SET expires_at = now()");
        await server.SweepAsync();
        Assert.Equal(0, await server.Database.CountAsync("old_tokens"));
    }
}
