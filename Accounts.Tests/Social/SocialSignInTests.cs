using Accounts.Tests.Providers;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

public sealed class SocialSignInTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    public static TheoryData<string> Providers => ["google", "github", "facebook", "linkedin", "oidc"];

    private Identity Of(string name) => name switch
    {
        "google" => Identity.OfGoogle(),
        "github" => Identity.OfGitHub(),
        "facebook" => Identity.OfFacebook(),
        "linkedin" => Identity.OfLinkedIn(),
        _ => Identity.OfOidc(provider),
    };

    [Theory, MemberData(nameof(Providers))]
    public async Task A_first_sign_in_makes_a_user_without_a_password_who_is_verified_where_the_address_is(string name)
    {
        using var client = server.Client();
        var identity = Of(name);
        var answer = await client.SignInAsync(provider, identity);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.NotEmpty(answer.RefreshCookie!);
        var me = await client.MeAsync(answer.Access);
        var verified = IsTrusted(name) ? "true" : "false";
        Assert.Equal((identity.Email, verified, $"[\"{name}\"]", "false"), (me["email"], me["email_verified"], me["providers"], me["has_password"]));
        Assert.Equal($"[\"{name}\"]", me["ways"]);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.email_verified = {verified} AND u.password_hash IS NULL AND a.email_verified = {verified}"));
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @e AND s.amr = ARRAY[@p]", ("e", identity.Email), ("p", name)));
    }

    /// <summary>Services that take our tokens need not know whom people have accounts with; their user sees it in the list of sessions.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task AT_03_A_token_says_that_it_was_a_provider_and_not_which(string name)
    {
        using var client = server.Client();
        var answer = await client.SignInAsync(provider, Of(name));
        answer.AssertProved("aal1", "social");
        client.Access = answer.Access;
        Assert.Equal($"[\"{name}\"]", (await client.GetAsync("/api/auth/sessions/")).Json[0].GetProperty("amr").GetRawText());
        Assert.Equal("""["social"]""", SecondFactorSteps.ClaimsOf((await client.RefreshAsync()).Access).GetProperty("amr").GetRawText());
    }

    private static bool IsTrusted(string name) => name is not ("facebook" or "oidc");

    [Theory, MemberData(nameof(Providers))]
    public async Task The_next_sign_in_finds_the_same_user(string name)
    {
        using var client = server.Client();
        var identity = Of(name);
        var first = await client.SignInAsync(provider, identity);
        var second = await client.SignInAsync(provider, identity);
        Assert.Equal((200, first.Json.GetProperty("user").GetProperty("id").GetString()), (second.Status, second.Json.GetProperty("user").GetProperty("id").GetString()));
        Assert.Equal(1, await server.Database.UsersAsync(identity.Email));
        Assert.Equal(1, await server.Database.AccountsAsync(identity, "a.last_login IS NOT NULL"));
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @e AND end_reason = 'replaced'", ("e", identity.Email)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Both_flows_of_ours_sign_in_the_same_user(string name)
    {
        using var client = server.Client();
        var identity = Of(name);
        var (code, state) = await client.BeginAsync(provider, identity);
        Assert.Equal(200, (await client.PostAsync($"/api/auth/social/{name}/", new { code, state })).Status);
        var back = await client.GetAsync(await client.LeaveAsync(provider, identity));
        Assert.Equal((303, false), (back.Status, back.Header("Location")!.Contains("error", StringComparison.Ordinal)));
        Assert.Equal(1, await server.Database.AccountsAsync(identity, "a.last_login IS NOT NULL"));
    }

    [Fact]
    public async Task Twenty_first_sign_ins_at_once_make_one_user()
    {
        var identity = Identity.OfGoogle();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var client = server.Client();
            return await client.SignInAsync(provider, identity);
        }));
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.Equal(1, await server.Database.UsersAsync(identity.Email));
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task Ten_people_of_one_name_get_ten_usernames()
    {
        var name = Some.Username();
        var identities = Enumerable.Range(0, 10).Select(_ => Identity.OfGoogle().With("given_name", name).With("family_name", "Ümlaut")).ToArray();
        var answers = await Task.WhenAll(identities.Select(async identity =>
        {
            using var client = server.Client();
            return await client.SignInAsync(provider, identity);
        }));
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.Equal(10, answers.Select(answer => answer.Json.GetProperty("user").GetProperty("username").GetString()).Distinct().Count());
        Assert.Equal(1, await server.Database.CountAsync("users", "username = @name", ("name", $"{name}Ümlaut")));
    }

    [Fact]
    public async Task An_unverified_address_makes_an_unverified_user_who_is_asked_by_mail()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle().With("email_verified", false);
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(identity.Email, "NOT email_verified"));
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync(identity.Email))).Status);
        Assert.Equal(1, await server.Database.UsersAsync(identity.Email, "email_verified"));
    }

    [Fact]
    public async Task An_account_needs_an_address()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle().Without("email");
        (await client.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
        Assert.Null(client.RefreshCookie);
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task Where_sign_up_is_closed_only_those_who_are_known_sign_in()
    {
        await using var open = await shared.StartAnotherAsync();
        var known = Identity.OfGoogle();
        using (var before = open.Client())
        {
            Assert.Equal(200, (await before.SignInAsync(provider, known)).Status);
        }
        await using var closed = await TestServer.StartOnAsync(open.Database.ConnectionString, [.. provider.Settings, ("Accounts:Registration:Open", "false")]);
        using var client = closed.Client();
        Assert.Equal(200, (await client.SignInAsync(provider, known)).Status);
        var stranger = Identity.OfGoogle();
        (await client.SignInAsync(provider, stranger)).AssertRefused(403, "registration_closed");
        await closed.Database.KnowsNothingOfAsync(stranger);
    }

    [Fact]
    public async Task Where_a_verified_address_is_required_the_account_is_made_and_the_mail_sent_first()
    {
        await using var strict = await shared.StartAnotherAsync(("Accounts:Registration:RequireVerifiedEmail", "true"));
        using var client = strict.Client();
        var identity = Identity.OfGoogle().With("email_verified", false);
        (await client.SignInAsync(provider, identity)).AssertRefused(403, "email_not_verified");
        Assert.Equal(0, await strict.Database.CountAsync("sessions"));
        Assert.Equal(200, (await client.VerifyAsync(await strict.Mailbox.TokenAsync(identity.Email))).Status);
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
    }

    [Fact]
    public async Task SO_10_Where_a_verified_address_is_required_the_browser_is_known_again_when_the_link_is_opened_in_it_and_no_other()
    {
        await using var strict = await shared.StartAnotherAsync(("Accounts:Registration:RequireVerifiedEmail", "true"));
        using var client = strict.Client();
        using var stranger = strict.Client();
        var (mine, planted) = (Identity.OfFacebook(), Identity.OfFacebook());
        Assert.EndsWith("error=email_not_verified#", (await client.GetAsync(await client.LeaveAsync(provider, mine))).Header("Location"), StringComparison.Ordinal);
        Assert.Equal(200, (await client.VerifyAsync(await strict.Mailbox.TokenAsync(mine.Email))).Status);
        Assert.Equal(200, (await client.SignInAsync(provider, mine)).Status);
        (await client.SignInAsync(provider, planted)).AssertRefused(403, "email_not_verified");
        Assert.Equal(200, (await stranger.VerifyAsync(await strict.Mailbox.TokenAsync(planted.Email))).Status);
        (await client.SignInAsync(provider, planted)).AssertRefused(400, "email_required");
    }

    [Theory]
    [InlineData("is_active = false")]
    [InlineData("deleted_at = now()")]
    public async Task A_user_who_is_not_active_does_not_get_in_by_a_provider(string state)
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        await server.Database.ExecuteAsync($"UPDATE users SET {state} WHERE email = @e", ("e", identity.Email));
        (await client.SignInAsync(provider, identity)).AssertRefused(401, "invalid_credentials");
        var other = Identity.OfGoogle(identity.Email);
        (await client.SignInAsync(provider, other)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(0, await server.Database.AccountsAsync(other));
    }

    [Fact]
    public async Task The_list_for_buttons_tells_what_a_page_needs()
    {
        using var client = server.Client();
        var answer = await client.GetAsync("/api/auth/social/");
        var google = answer.Json[0];
        Assert.Equal([.. Providers.Select(row => row.Data)], answer.Json.EnumerateArray().Select(one => one.GetProperty("provider").GetString()));
        Assert.Equal(("Google", ProviderDouble.ClientId), (google.GetProperty("name").GetString(), google.GetProperty("client_id").GetString()));
        Assert.Equal("""["code","begin","redirect"]""", google.GetProperty("flows").GetRawText());
        Assert.DoesNotContain(ProviderDouble.ClientSecret, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_body_mode_the_refresh_token_comes_in_the_body_and_no_cookie_is_needed()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        var begun = await client.PostAsync("/api/auth/social/github/begin/", null, ("X-Token-Transport", "body"));
        var (code, state) = provider.Authorize(begun["authorization_url"]!, identity);
        var answer = await client.PostAsync("/api/auth/social/github/", new { code, state }, ("X-Token-Transport", "body"));
        Assert.Equal(200, answer.Status);
        Assert.NotEmpty(answer["refresh"]!);
        Assert.Empty(client.Cookies);
    }
}
