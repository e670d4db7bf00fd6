using System.Net.Http.Json;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>What a client of djoser sends, and what it is answered.</summary>
public sealed class DjoserTests(EveryLibrary shared) : IClassFixture<EveryLibrary>, IDisposable
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Somebody_signs_up_and_activates_the_account()
    {
        var person = Some.Person();
        var created = await client.PostAsync("/djoser/users/", new { username = person.Username, email = person.Email, password = person.Password, re_password = person.Password });
        Assert.Equal(201, created.Status);
        Assert.Equal((person.Email, person.Username), (created["email"], created["username"]));
        Assert.Equal(1, await server.Database.CountAsync("users", "id = @id", ("id", Guid.Parse(created["id"]!))));
        var token = await server.Mailbox.TokenAsync(person.Email);
        (await client.PostAsync("/djoser/users/activation/", new { uid = "MQ", token = "wrong" })).AssertBody(400, """{"token":["Invalid token for given user."]}""");
        (await client.PostAsync("/djoser/users/resend_activation/", new { email = Some.Email() })).AssertBody(204, "");
        (await client.PostAsync("/djoser/users/activation/", new { uid = "MQ", token })).AssertBody(204, "");
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task What_is_typed_twice_must_be_the_same()
    {
        var person = Some.Person();
        var refused = await client.PostAsync("/djoser/users/", new { username = person.Username, email = person.Email, password = person.Password, re_password = "other-tulips-44" });
        refused.AssertBody(400, """{"re_password":["The two password fields didn't match."]}""");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task Tokens_of_jwt_are_taken_with_the_scheme_JWT()
    {
        var person = await client.RegisterSomebodyAsync();
        client.Cookies.Clear();
        var tokens = await client.PostAsync("/djoser/jwt/create/", new { username = person.Username, password = person.Password });
        Assert.Equal(200, tokens.Status);
        var me = await client.GetAsync("/djoser/users/me/", ("Authorization", $"JWT {tokens["access"]}"));
        Assert.Equal((200, person.Username, person.Email), (me.Status, me["username"], me["email"]));
        (await client.PostAsync("/djoser/jwt/verify/", new { token = tokens["access"] })).AssertBody(200, "{}");
        Assert.Equal(200, (await client.PostAsync("/djoser/jwt/refresh/", new { refresh = tokens["refresh"] })).Status);
        (await client.PostAsync("/djoser/jwt/create/", new { username = person.Username, password = "wrong-tulips-44" }))
            .AssertBody(401, """{"detail":"No active account found with the given credentials","code":"no_active_account"}""");
    }

    [Fact]
    public async Task A_token_that_stays_is_taken_with_the_scheme_Token_until_it_is_given_back()
    {
        var person = await client.RegisterSomebodyAsync();
        client.Cookies.Clear();
        (await client.PostAsync("/djoser/token/login/", new { username = person.Username, password = "wrong-tulips-44" }))
            .AssertBody(400, """{"non_field_errors":["Unable to log in with provided credentials."]}""");
        var signedIn = await client.PostAsync("/djoser/token/login/", new { username = person.Username, password = person.Password });
        Assert.Equal(["auth_token"], signedIn.Json.EnumerateObject().Select(member => member.Name));
        Assert.Empty(signedIn.SetCookies);
        (string, string) shown = ("Authorization", $"Token {signedIn["auth_token"]}");
        Assert.Equal(person.Username, (await client.GetAsync("/djoser/users/me/", shown))["username"]);
        (await client.PostAsync("/djoser/token/logout/", null, shown)).AssertBody(204, "");
        Assert.Equal(401, (await client.GetAsync("/djoser/users/me/", shown)).Status);
        (await client.PostAsync("/djoser/token/logout/")).AssertRefused(401, "not_authenticated");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task SG_12_A_page_gets_a_cookie_in_place_of_a_token_that_stays()
    {
        var person = await client.RegisterSomebodyAsync();
        var signedIn = await client.PostAsync("/djoser/token/login/", new { username = person.Username, password = person.Password }, EveryLibrary.Page);
        signedIn.AssertBody(200, """{"auth_token":"in-cookie"}""");
        Assert.NotEmpty(signedIn.Cookie("accounts_session")!);
        (string, string) shown = ("Authorization", "Token in-cookie");
        Assert.Equal(person.Username, (await client.GetAsync("/djoser/users/me/", shown, EveryLibrary.Page))["username"]);
        client.Cookies.Clear();
        Assert.Equal(401, (await client.GetAsync("/djoser/users/me/", shown, EveryLibrary.Page)).Status);
    }

    [Fact]
    public async Task The_profile_is_changed_and_the_account_deleted_by_the_password()
    {
        var person = await client.SignInSomebodyAsync();
        var changed = await client.SendAsync(HttpMethod.Patch, "/djoser/users/me/", JsonContent.Create(new { first_name = "Ann", email = "other@example.test" }));
        Assert.Equal((200, person.Email), (changed.Status, changed["email"]));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "first_name = 'Ann'"));
        var refused = await client.SendAsync(HttpMethod.Delete, "/djoser/users/me/", JsonContent.Create(new { current_password = "wrong-tulips-44" }));
        Assert.Equal((400, "current_password"), (refused.Status, Assert.Single(refused.Json.EnumerateObject()).Name));
        (await client.SendAsync(HttpMethod.Delete, "/djoser/users/me/", JsonContent.Create(new { }))).AssertBody(400, """{"current_password":["This field is required."]}""");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
        (await client.SendAsync(HttpMethod.Delete, "/djoser/users/me/", JsonContent.Create(new { current_password = person.Password }))).AssertBody(204, "");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task A_new_password_takes_the_old_one_and_the_session_goes_on_where_its_token_came_along()
    {
        var person = await client.SignInSomebodyAsync();
        var refused = await client.PostAsync("/djoser/users/set_password/", new { current_password = "wrong-tulips-44", new_password = Some.OtherPassword });
        Assert.Equal((400, "current_password"), (refused.Status, Assert.Single(refused.Json.EnumerateObject()).Name));
        Assert.Equal(400, (await client.PostAsync("/djoser/users/set_password/", new { new_password = Some.OtherPassword })).Status);
        var changed = await client.PostAsync("/djoser/users/set_password/", new { current_password = person.Password, new_password = Some.OtherPassword, re_new_password = Some.OtherPassword });
        changed.AssertBody(204, "");
        Assert.NotEmpty(changed.RefreshCookie!);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(401, (await client.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew_by_the_mailed_token()
    {
        var person = await server.RegisterVerifiedAsync(client);
        (await client.PostAsync("/djoser/users/reset_password/", new { email = Some.Email() })).AssertBody(204, "");
        (await client.PostAsync("/djoser/users/reset_password/", new { email = person.Email })).AssertBody(204, "");
        var token = Mailbox.TokenOf((await server.Mailbox.WaitForResetsAsync(person.Email, 1))[^1]);
        (await client.PostAsync("/djoser/users/reset_password_confirm/", new { uid = "MQ", token = "wrong", new_password = Some.OtherPassword }))
            .AssertBody(400, """{"token":["Invalid token for given user."]}""");
        (await client.PostAsync("/djoser/users/reset_password_confirm/", new { uid = "MQ", token, new_password = Some.OtherPassword })).AssertBody(204, "");
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task A_new_username_takes_the_password()
    {
        using var other = server.Client();
        var (person, taken, free) = (await client.SignInSomebodyAsync(), await other.RegisterSomebodyAsync(), Some.Username());
        foreach (var (name, password, field) in new[] { (free, "wrong-tulips-44", "current_password"), (taken.Username, person.Password, "new_username"), ("a@b.test", person.Password, "new_username") })
        {
            var refused = await client.PostAsync("/djoser/users/set_username/", new { new_username = name, current_password = password });
            Assert.Equal((400, field), (refused.Status, Assert.Single(refused.Json.EnumerateObject()).Name));
        }
        (await client.PostAsync("/djoser/users/set_username/", new { new_username = free, re_new_username = "another", current_password = person.Password }))
            .AssertBody(400, """{"re_new_username":["The two username fields didn't match."]}""");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"username = '{person.Username}'"));
        (await client.PostAsync("/djoser/users/set_username/", new { new_username = free, re_new_username = free, current_password = person.Password })).AssertBody(204, "");
        Assert.Equal(free, (await client.MeAsync())["username"]);
    }
}
