using System.Net.Http.Json;
using Accounts.Tests.Admin;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>Every route and status of Flask's tutorials that has to do with signing in and out.</summary>
public sealed class FlaskTests(EveryLibrary shared) : IClassFixture<EveryLibrary>, IDisposable
{
    private const string Session = "accounts_session";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Login_answers_a_session_token_to_a_program()
    {
        var person = await client.RegisterSomebodyAsync();
        client.Cookies.Clear();
        var id = await server.Database.IdAsync(person);
        var signedIn = await client.PostAsync("/login", new { email = person.Email, password = person.Password });
        var token = signedIn["sessionToken"];
        signedIn.AssertBody(200, $$$"""{"success":true,"sessionToken":"{{{token}}}","user":{"id":"{{{id}}}","email":"{{{person.Email}}}"}}""");
        Assert.Empty(signedIn.SetCookies);
        Assert.Equal(person.Username, (await client.MeAsync(token))["username"]);
    }

    [Fact]
    public async Task SG_12_Login_answers_a_page_by_a_cookie_and_a_word_that_is_no_credential()
    {
        var person = await client.RegisterSomebodyAsync();
        var signedIn = await client.PostAsync("/login", new { email = person.Email, password = person.Password }, EveryLibrary.Page);
        Assert.Equal((200, "in-cookie"), (signedIn.Status, signedIn["sessionToken"]));
        Assert.NotEmpty(signedIn.Cookie(Session)!);
        (string, string) shown = ("Authorization", "Bearer in-cookie");
        Assert.Equal(person.Username, (await client.GetAsync("/api/auth/me/", shown, EveryLibrary.Page))["username"]);
        client.Cookies.Clear();
        Assert.Equal(401, (await client.GetAsync("/api/auth/me/", shown, EveryLibrary.Page)).Status);
    }

    [Fact]
    public async Task Login_refuses_in_the_tutorials_words()
    {
        var person = await client.RegisterSomebodyAsync();
        foreach (var body in new object[] { new { }, new { email = person.Email }, new { email = "", password = "x" }, new { email = person.Email, password = (string?)null } })
        {
            (await client.PostAsync("/login", body)).AssertBody(400, """{"success":false,"error":"Email and password required"}""");
        }
        (await client.PostAsync("/login", new { email = person.Email, password = "wrong-tulips-44" })).AssertBody(401, """{"success":false,"error":"Invalid credentials"}""");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task Somebody_signs_up_or_is_told_why_not()
    {
        var (person, other) = (Some.Person(), Some.Person());
        (await RegisterAsync(person)).AssertBody(201, """{"ok":true,"msg":"User registered"}""");
        (await client.PostAsync("/auth/register", new { username = other.Username, email = other.Email })).AssertBody(400, """{"ok":false,"error":"All fields required"}""");
        (await RegisterAsync(other with { Username = person.Username })).AssertBody(409, """{"ok":false,"error":"Username already taken"}""");
        (await RegisterAsync(other with { Email = person.Email })).AssertBody(409, """{"ok":false,"error":"Email already registered"}""");
        (await RegisterAsync(other with { Email = "nobody" })).AssertBody(400, """{"ok":false,"error":"Enter a valid email address."}""");
        Assert.Equal(400, (await RegisterAsync(other with { Password = "password" })).Status);
        Assert.Equal((1, 0), (await server.Database.UsersAsync(person.Email), await server.Database.UsersAsync(other.Email)));
    }

    [Fact]
    public async Task Somebody_signs_in_is_known_by_the_cookie_and_signs_out()
    {
        var person = await client.RegisterSomebodyAsync();
        (await client.GetAsync("/auth/current_user")).AssertBody(200, """{"ok":false,"user":null}""");
        (await client.GetAsync("/auth/profile")).AssertBody(401, """{"ok":false,"error":"Login required"}""");
        (await client.PostAsync("/auth/login", new { username = person.Username })).AssertBody(400, """{"error":"missing credentials"}""");
        (await LoginAsync(person with { Password = "wrong-tulips-44" })).AssertBody(401, """{"error":"invalid credentials"}""");
        var signedIn = await LoginAsync(person);
        signedIn.AssertBody(200, """{"ok":true,"msg":"login successful"}""");
        Assert.NotEmpty(signedIn.Cookie(Session)!);
        Assert.Null(signedIn.RefreshCookie);
        var user = $$$"""{"ok":true,"user":{"id":"{{{await server.Database.IdAsync(person)}}}","username":"{{{person.Username}}}","email":"{{{person.Email}}}"}}""";
        (await client.GetAsync("/auth/current_user")).AssertBody(200, user);
        (await client.GetAsync("/auth/profile")).AssertBody(200, user);
        var signedOut = await client.PostAsync("/auth/logout");
        signedOut.AssertBody(200, """{"ok":true,"msg":"logged out"}""");
        Assert.Equal("", signedOut.Cookie(Session));
        (await client.GetAsync("/auth/current_user", ("Cookie", $"{Session}={signedIn.Cookie(Session)}"))).AssertBody(200, """{"ok":false,"user":null}""");
        (await client.GetAsync("/auth/profile", ("Cookie", $"{Session}={signedIn.Cookie(Session)}"))).AssertBody(401, """{"ok":false,"error":"Login required"}""");
        (await client.PostAsync("/auth/logout")).AssertBody(200, """{"ok":true,"msg":"logged out"}""");
    }

    [Fact]
    public async Task A_mailed_link_verifies_for_a_script_and_leads_a_person_to_the_page()
    {
        var person = Some.Person();
        await RegisterAsync(person);
        var path = $"/auth/verify/{await server.Mailbox.TokenAsync(person.Email)}";
        foreach (var (method, accept) in new[] { (HttpMethod.Get, "text/html"), (HttpMethod.Get, "*/*"), (HttpMethod.Head, "application/json") })
        {
            var visit = await client.SendAsync(method, path, null, ("Accept", accept));
            Assert.Equal((302, $"/verify-email#token={path.Split('/')[^1]}"), (visit.Status, visit.Header("Location")));
        }
        Assert.False(await server.Database.IsVerifiedAsync(person));
        (await client.GetAsync("/auth/verify/wrong", ("Accept", "application/json"))).AssertBody(400, """{"ok":false,"error":"Invalid token"}""");
        (await client.GetAsync(path, ("Sec-Fetch-Dest", "empty"))).AssertBody(200, """{"ok":true,"msg":"Email verified!"}""");
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew()
    {
        var person = await server.RegisterVerifiedAsync(client);
        foreach (var email in new[] { Some.Email(), person.Email })
        {
            (await client.PostAsync("/auth/request_reset", new { email })).AssertBody(200, """{"ok":true,"msg":"If email exists, reset link sent"}""");
        }
        var token = Mailbox.TokenOf((await server.Mailbox.WaitForResetsAsync(person.Email, 1))[^1]);
        (await client.PostAsync("/auth/reset_password/wrong", new { password = Some.OtherPassword })).AssertBody(400, """{"ok":false,"error":"Invalid or expired token"}""");
        Assert.Equal(400, (await client.PostAsync($"/auth/reset_password/{token}", new { })).Status);
        (await client.PostAsync($"/auth/reset_password/{token}", new { password = Some.OtherPassword })).AssertBody(200, """{"ok":true,"msg":"Password reset successful"}""");
        Assert.Equal(200, (await LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task A_new_name_is_had_at_once_and_a_new_address_once_its_mail_is_confirmed()
    {
        using var other = server.Client();
        var (person, taken, free) = (await client.RegisterSomebodyAsync(), await other.RegisterSomebodyAsync(), Some.Person());
        await LoginAsync(person);
        (await UpdateAsync(new { username = taken.Username, email = person.Email })).AssertBody(409, """{"ok":false,"error":"Username already taken"}""");
        (await UpdateAsync(new { username = free.Username, email = free.Email })).AssertBody(200, """{"ok":true,"msg":"Profile updated"}""");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"username = '{free.Username}'"));
        Assert.Contains("confirm", (await server.Mailbox.WaitAsync(free.Email)).Text, StringComparison.OrdinalIgnoreCase);
        // Nobody is told whose address it is.
        (await UpdateAsync(new { email = taken.Email })).AssertBody(200, """{"ok":true,"msg":"Profile updated"}""");
    }

    [Fact]
    public async Task SG_12_A_new_address_takes_a_sign_in_of_a_moment_ago_and_without_it_nothing_is_changed()
    {
        var (person, free) = (await client.RegisterSomebodyAsync(), Some.Person());
        await LoginAsync(person);
        await AgeAsync(person);
        var refused = await UpdateAsync(new { username = free.Username, email = free.Email });
        Assert.Equal((403, "reauthentication_required", "false"), (refused.Status, refused["code"], refused["ok"]));
        Assert.Equal(0, await server.Database.CountAsync("users", "username = @name", ("name", free.Username)));
        (await UpdateAsync(new { username = free.Username, email = person.Email })).AssertBody(200, """{"ok":true,"msg":"Profile updated"}""");
    }

    [Fact]
    public async Task A_new_password_takes_the_current_one_and_ends_every_other_session()
    {
        using var other = server.Client();
        var person = await other.SignInSomebodyAsync();
        var first = (await LoginAsync(person)).Cookie(Session);
        (await ChangeAsync("wrong-tulips-44")).AssertBody(401, """{"ok":false,"error":"Current password incorrect"}""");
        (await ChangeAsync(null)).AssertBody(401, """{"ok":false,"error":"Current password incorrect"}""");
        Assert.Equal(2, await server.Database.LiveSessionsAsync(person));
        var changed = await ChangeAsync(person.Password);
        changed.AssertBody(200, """{"ok":true,"msg":"Password changed"}""");
        Assert.NotEqual(first, changed.Cookie(Session));
        Assert.Equal(200, (await client.GetAsync("/auth/profile")).Status);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task Users_are_listed_for_administrators_alone()
    {
        var person = await client.RegisterSomebodyAsync();
        (await client.GetAsync("/auth/admin/users")).AssertBody(401, """{"ok":false,"error":"Login required"}""");
        await LoginAsync(person);
        (await client.GetAsync("/auth/admin/users")).AssertBody(403, """{"ok":false,"error":"Admin access required"}""");
        await server.Database.ChangeAsync(person, "roles = '{admin}', email_verified = true");
        var listed = await client.GetAsync($"/auth/admin/users?search={person.Username}");
        Assert.Equal((200, "true"), (listed.Status, listed["ok"]));
        Assert.Equal(person.Email, Assert.Single(listed.Json.GetProperty("users").EnumerateArray()).GetProperty("email").GetString());
        await server.Database.ChangeAsync(person, "roles = '{}'");
    }

    [Fact]
    public async Task Authenticate_answers_text_and_a_cookie_that_roles_are_asked_of()
    {
        var person = await client.RegisterSomebodyAsync();
        (await AuthenticateAsync(null, null)).AssertBody(401, """{"message":"User ID is missing"}""");
        (await AuthenticateAsync(person.Username, "")).AssertBody(401, """{"message":"Password is missing"}""");
        (await AuthenticateAsync(person.Username, "wrong-tulips-44")).AssertBody(401, """{"message":"Invalid user id or password"}""");
        (await client.GetAsync("/api/authenticate")).AssertBody(401, """{"message":"Authentication Token is missing!","data":null,"error":"Unauthorized"}""");
        var signedIn = await AuthenticateAsync(person.Username, person.Password);
        signedIn.AssertBody(200, $"Authentication for {person.Username} successful");
        Assert.Equal("text/plain", signedIn.MediaType);
        Assert.NotEmpty(signedIn.Cookie(Session)!);
        Assert.Equal(200, (await client.GetAsync("/api/authenticate")).Status);
        (await client.GetAsync("/api/authenticate?roles=staff,editor")).AssertBody(403, """{"message":"Insufficient permissions. Required roles: staff, editor","data":null,"error":"Forbidden"}""");
        await server.Database.ChangeAsync(person, "roles = '{editor}', email_verified = true");
        Assert.Equal(200, (await client.GetAsync("/api/authenticate?roles=staff,editor")).Status);
        Assert.Equal(401, (await client.GetAsync("/api/authenticate", ("Cookie", $"{Session}=x"))).Status);
    }

    private Task<Answer> RegisterAsync(Person person) => client.PostAsync("/auth/register", new { username = person.Username, email = person.Email, password = person.Password });

    private Task<Answer> LoginAsync(Person person) => client.PostAsync("/auth/login", new { username = person.Username, password = person.Password });

    private Task<Answer> UpdateAsync(object body) => client.SendAsync(HttpMethod.Put, "/auth/update_profile", JsonContent.Create(body));

    private Task<Answer> ChangeAsync(string? current) =>
        client.SendAsync(HttpMethod.Put, "/auth/change_password", JsonContent.Create(new { current_password = current, new_password = Some.OtherPassword }));

    private Task<Answer> AuthenticateAsync(string? uid, string? password) => client.PostAsync("/api/authenticate", new { uid, password });

    private Task<int> AgeAsync(Person person) => server.Database.ExecuteAsync(
        "UPDATE sessions s SET auth_time = s.auth_time - interval '11 minutes' FROM users u WHERE u.id = s.user_id AND u.email = @email", ("email", person.Email));
}
