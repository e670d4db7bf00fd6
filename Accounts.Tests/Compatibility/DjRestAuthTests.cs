using System.Net.Http.Json;
using Accounts.Tests.Passwords;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>What a client of dj-rest-auth sends, and what it is answered.</summary>
public sealed class DjRestAuthTests(EveryLibrary shared, Postgres postgres) : IClassFixture<EveryLibrary>, IDisposable
{
    private const string Change = "/dj-rest-auth/password/change/";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Somebody_signs_up_and_verifies_the_address()
    {
        var person = Some.Person();
        var body = new { username = person.Username, email = person.Email, password1 = person.Password, password2 = person.Password };
        (await client.PostAsync("/dj-rest-auth/registration/", body)).AssertBody(201, """{"detail":"Verification e-mail sent."}""");
        var again = await client.PostAsync("/dj-rest-auth/registration/", body);
        again.AssertBody(400, """{"username":["A user with that username already exists."],"email":["user with this email already exists."]}""");
        var key = await server.Mailbox.TokenAsync(person.Email);
        (await client.PostAsync("/dj-rest-auth/registration/resend-email/", new { email = Some.Email() })).AssertBody(200, """{"detail":"ok"}""");
        (await client.PostAsync("/dj-rest-auth/registration/verify-email/", new { key = "wrong" })).AssertRefused(404, "not_found");
        (await client.PostAsync("/dj-rest-auth/registration/verify-email/", new { key })).AssertBody(200, """{"detail":"ok"}""");
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task A_program_signs_in_refreshes_and_signs_out_by_bodies()
    {
        var person = await client.RegisterSomebodyAsync();
        client.Cookies.Clear();
        var tokens = await LoginAsync(client, person);
        Assert.Equal(["access", "refresh", "user"], tokens.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["pk", "username", "email", "first_name", "last_name"], tokens.Json.GetProperty("user").EnumerateObject().Select(member => member.Name));
        Assert.Empty(tokens.SetCookies);
        (await client.PostAsync("/dj-rest-auth/token/verify/", new { token = tokens["access"] })).AssertBody(200, "{}");
        var next = await client.PostAsync("/dj-rest-auth/token/refresh/", new { refresh = tokens["refresh"] });
        Assert.Equal(["access", "refresh", "access_expiration"], next.Json.EnumerateObject().Select(member => member.Name));
        (await client.PostAsync("/dj-rest-auth/logout/", new { refresh = next["refresh"] })).AssertBody(200, """{"detail":"Successfully logged out."}""");
        (await client.PostAsync("/dj-rest-auth/token/refresh/", new { refresh = next["refresh"] })).AssertRefused(401, "token_not_valid");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task SG_12_A_page_signs_in_and_refreshes_by_its_cookie()
    {
        var person = await client.RegisterSomebodyAsync();
        var tokens = await LoginAsync(client, person, EveryLibrary.Page);
        Assert.Equal((200, ""), (tokens.Status, tokens["refresh"]));
        Assert.NotEmpty(tokens.RefreshCookie!);
        var next = await client.PostAsync("/dj-rest-auth/token/refresh/", new { refresh = "" }, EveryLibrary.Page);
        Assert.Equal(["access", "access_expiration"], next.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(200, (await client.PostAsync("/dj-rest-auth/logout/", new { }, EveryLibrary.Page)).Status);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task Refused_sign_ins_are_told_of_the_form_as_a_whole()
    {
        var person = await client.RegisterSomebodyAsync();
        (await LoginAsync(client, person with { Password = "wrong-tulips-44" })).AssertBody(400, """{"non_field_errors":["Unable to log in with provided credentials."]}""");
        await using var strict = await TestServer.StartAsync(postgres, EveryLibrary.Enabled, ("Accounts:Registration:RequireVerifiedEmail", "true"));
        using var newcomer = strict.Client();
        var unverified = await newcomer.RegisterSomebodyAsync();
        (await LoginAsync(newcomer, unverified)).AssertBody(400, """{"non_field_errors":["E-mail is not verified."]}""");
        Assert.Equal(0, await strict.Database.CountAsync("sessions"));
    }

    [Fact]
    public async Task The_user_is_shown_and_changed()
    {
        var person = await client.SignInSomebodyAsync();
        var shown = await client.GetAsync("/dj-rest-auth/user/");
        Assert.Equal((200, person.Username, (await client.MeAsync())["id"]), (shown.Status, shown["username"], shown["pk"]));
        var patched = await client.SendAsync(HttpMethod.Patch, "/dj-rest-auth/user/", JsonContent.Create(new { last_name = "Smith", email = "other@example.test" }));
        Assert.Equal((200, "Smith", person.Email), (patched.Status, patched["last_name"], patched["email"]));
        (await client.SendAsync(HttpMethod.Put, "/dj-rest-auth/user/", JsonContent.Create(new { first_name = "Ann" }))).AssertBody(400, """{"username":["This field is required."]}""");
    }

    [Fact]
    public async Task SG_12_A_new_password_takes_the_old_one_or_a_sign_in_of_a_moment_ago()
    {
        var person = await client.SignInSomebodyAsync();
        var before = await server.Database.UserStateAsync(person);
        (await client.PostAsync(Change, new { old_password = "wrong-tulips-44", new_password1 = Some.OtherPassword, new_password2 = Some.OtherPassword }))
            .AssertBody(400, """{"old_password":["Your old password was entered incorrectly. Please enter it again."]}""");
        (await client.PostAsync(Change, new { new_password1 = Some.OtherPassword, new_password2 = "another-tulip-44" })).AssertBody(400, """{"new_password2":["The two password fields didn’t match."]}""");
        await client.AgeProofAsync(server);
        (await client.PostAsync(Change, new { new_password1 = Some.OtherPassword, new_password2 = Some.OtherPassword })).AssertRefused(403, "reauthentication_required");
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        var changed = await client.PostAsync(Change, new { old_password = person.Password, new_password1 = Some.OtherPassword, new_password2 = Some.OtherPassword });
        Assert.Equal((200, "New password has been saved."), (changed.Status, changed["detail"]));
        // The session that goes on is no more recent than the sign-in was.
        client.Access = changed.Access;
        (await client.PostAsync(Change, new { new_password1 = "third-tulips-44", new_password2 = "third-tulips-44" })).AssertRefused(403, "reauthentication_required");
        await client.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(200, (await client.PostAsync(Change, new { new_password1 = "third-tulips-44", new_password2 = "third-tulips-44" })).Status);
        Assert.Equal(200, (await client.LoginAsync(person with { Password = "third-tulips-44" })).Status);
    }

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew_by_uid_and_token_of_which_the_token_counts()
    {
        var person = await server.RegisterVerifiedAsync(client);
        (await client.PostAsync("/dj-rest-auth/password/reset/", new { email = person.Email })).AssertBody(200, """{"detail":"Password reset e-mail has been sent."}""");
        var token = Mailbox.TokenOf((await server.Mailbox.WaitForResetsAsync(person.Email, 1))[^1]);
        (await client.PostAsync("/dj-rest-auth/password/reset/confirm/", new { uid = "MQ", token = "wrong", new_password1 = Some.OtherPassword, new_password2 = Some.OtherPassword }))
            .AssertBody(400, """{"token":["Invalid value"]}""");
        (await client.PostAsync("/dj-rest-auth/password/reset/confirm/", new { uid = "MQ", token, new_password1 = Some.OtherPassword, new_password2 = Some.OtherPassword }))
            .AssertBody(200, """{"detail":"Password has been reset with the new password."}""");
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task Without_JWTs_a_key_is_handed_out_for_the_scheme_Token()
    {
        await using var plain = await TestServer.StartAsync(postgres, EveryLibrary.Enabled, ("Accounts:Compatibility:DjRestAuth:UseJwt", "false"));
        using var program = plain.Client();
        var person = await program.RegisterSomebodyAsync();
        program.Cookies.Clear();
        var signedIn = await LoginAsync(program, person);
        Assert.Equal(["key"], signedIn.Json.EnumerateObject().Select(member => member.Name));
        (string, string) shown = ("Authorization", $"Token {signedIn["key"]}");
        Assert.Equal(person.Username, (await program.GetAsync("/dj-rest-auth/user/", shown))["username"]);
        Assert.Equal(200, (await program.PostAsync("/dj-rest-auth/logout/", null, shown)).Status);
        Assert.Equal(401, (await program.GetAsync("/dj-rest-auth/user/", shown)).Status);
        using var page = plain.Client();
        (await LoginAsync(page, person, EveryLibrary.Page)).AssertBody(200, """{"key":"in-cookie"}""");
    }

    [Fact]
    public async Task A_provider_that_there_is_not_is_no_path()
    {
        var answer = await client.PostAsync("/dj-rest-auth/nowhere/", new { code = "x", code_verifier = new string('x', 43) });
        answer.AssertRefused(404, "not_found");
    }

    private static Task<Answer> LoginAsync(ApiClient client, Person person, params (string Name, string Value)[] headers) =>
        client.PostAsync("/dj-rest-auth/login/", new { username = person.Username, email = "", password = person.Password }, headers);
}
