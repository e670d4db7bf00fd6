using System.Net.Http.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Who gives roles, to whom, and from when on they count.</summary>
public sealed class RoleTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, person = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        person = await server.VerifiedAsync(client);
        address = await server.Database.AddressAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Roles_are_given_each_once_and_count_at_once()
    {
        var version = await VersionAsync();
        var answer = await admin.PutRolesAsync(address, "editor", "a", "editor");
        Assert.Equal((200, "a,editor"), (answer.Status, string.Join(',', answer.Roles())));
        Assert.Equal(["a", "editor"], (await client.MeAsync()).Roles());
        Assert.True(await VersionAsync() > version);
        var (actor, before, after) = await server.Database.ActAsync(person, "roles_changed");
        Assert.Equal((await server.Database.IdAsync(administrator), "{\"roles\":[]}", "{\"roles\":[\"a\",\"editor\"]}"), (actor, Compact(before), Compact(after)));
    }

    [Fact]
    public async Task RO_03_A_role_that_is_taken_away_is_gone_with_the_next_request_and_from_the_next_token()
    {
        Assert.Equal(200, (await admin.PutRolesAsync(address, "admin")).Status);
        Assert.Equal(200, (await client.GetAsync(AdminSteps.Users)).Status);
        client.Access = (await client.RefreshAsync()).Access;
        Assert.Equal("""["admin"]""", AccessTokenText.ClaimsOf(client.Access!).GetProperty("roles").GetRawText());
        Assert.Equal(200, (await admin.PutRolesAsync(address)).Status);
        (await client.GetAsync(AdminSteps.Users)).AssertRefused(403, "permission_denied");
        Assert.Equal("[]", AccessTokenText.ClaimsOf((await client.RefreshAsync()).Access).GetProperty("roles").GetRawText());
    }

    [Fact]
    public async Task RO_03_Who_is_verified_no_more_administers_no_more()
    {
        await admin.PutRolesAsync(address, "admin");
        await server.Database.ChangeAsync(person, "email_verified = false");
        (await client.GetAsync(AdminSteps.Users)).AssertRefused(403, "permission_denied");
        await server.Database.ChangeAsync(person, "roles = '{}'");
    }

    [Fact]
    public async Task Only_who_is_verified_holds_roles()
    {
        await server.Database.ChangeAsync(person, "email_verified = false");
        var answer = await admin.PutRolesAsync(address, "editor");
        answer.AssertBody(400, """{"roles":["Only a user whose e-mail address is verified can hold roles."]}""");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "roles = '{}'"));
        Assert.Equal(0, await server.Database.EventsAsync(person, "roles_changed"));
        Assert.Equal(200, (await admin.PutRolesAsync(address)).Status);
    }

    [Theory]
    [InlineData("""{"roles": ["Admin"]}"""), InlineData("""{"roles": ["1st"]}"""), InlineData("""{"roles": [""]}"""), InlineData("""{"roles": ["a b"]}""")]
    [InlineData("""{"roles": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]}"""), InlineData("""{"roles": ["a\n"]}"""), InlineData("""{"roles": [1]}""")]
    [InlineData("""{"roles": null}"""), InlineData("""{"roles": {"a": 1}}"""), InlineData("""{"roles": true}"""), InlineData("{}")]
    [InlineData("""{"roles": ["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q","r","s","t","u"]}""")]
    public async Task What_is_no_list_of_roles_changes_nothing(string body)
    {
        var answer = await admin.SendAsync(HttpMethod.Put, $"{address}roles/", new StringContent(body, null, "application/json"));
        Assert.True(answer.Status == 400, answer.ToString());
        Assert.Single(answer.Json.GetProperty("roles").EnumerateArray());
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "roles = '{}'"));
    }

    [Fact]
    public async Task Twenty_roles_are_not_too_many_and_a_form_names_them_with_commas()
    {
        var roles = Enumerable.Range(0, 20).Select(i => $"r{i:00}").ToArray();
        Assert.Equal(roles, (await admin.PutRolesAsync(address, [.. roles, "r00"])).Roles());
        var form = await admin.SendAsync(HttpMethod.Put, $"{address}roles/", new FormUrlEncodedContent([KeyValuePair.Create("roles", "editor, author")]));
        Assert.Equal(["author", "editor"], form.Roles());
    }

    [Fact]
    public async Task RO_06_Nobody_who_is_no_administrator_gives_a_role()
    {
        var own = await server.Database.AddressAsync(person);
        (await client.PutRolesAsync(own, "admin")).AssertRefused(403, "permission_denied");
        await admin.PutRolesAsync(address, "editor");
        (await client.PutRolesAsync(own, "admin")).AssertRefused(403, "permission_denied");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "roles = '{editor}'"));
    }

    [Fact]
    public async Task RO_08_Giving_roles_takes_a_sign_in_of_a_moment_ago()
    {
        await server.Database.LetTimePassAsync(admin, administrator);
        (await admin.PutRolesAsync(address, "editor")).AssertRefused(403, "reauthentication_required");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "roles = '{}'"));
        Assert.Equal(200, (await admin.GetAsync(address)).Status);
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-000000000000"), InlineData("1"), InlineData("%7B%7D")]
    public async Task Of_nobody_nothing_is_changed(string id) =>
        (await admin.PutRolesAsync($"{AdminSteps.Users}{id}/", "editor")).AssertRefused(404, "not_found");

    [Theory]
    [InlineData("register"), InlineData("me"), InlineData("login")]
    public async Task RO_04_No_other_request_gives_roles(string where)
    {
        var body = new
        {
            username = Some.Username(), email = Some.Email(), password = Some.Password, roles = new[] { "admin" }, is_admin = true, isAdmin = true, is_active = true, role = "admin",
            email_verified = true, emailVerified = true, id = Guid.Empty, passwordHash = "x", password_hash = "x", version = 7,
        };
        var answer = where switch
        {
            "register" => await client.PostAsync("/api/auth/register/", body),
            "me" => await client.SendAsync(HttpMethod.Patch, "/api/auth/me/", JsonContent.Create(body)),
            _ => await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password, roles = body.roles, is_admin = true }),
        };
        Assert.InRange(answer.Status, 200, 201);
        Assert.Equal(0, await server.Database.CountAsync("users", "roles <> '{}' AND email = ANY (@emails)", ("emails", new[] { body.email, person.Email })));
        Assert.Equal(0, await server.Database.CountAsync("users", "email = @email AND email_verified", ("email", body.email)));
        Assert.Equal(0, await server.Database.CountAsync("users", "password_hash = 'x' OR id = @id", ("id", Guid.Empty)));
    }

    private Task<long> VersionAsync() => server.Database.ScalarAsync<long>("SELECT version FROM users WHERE email = @email", ("email", person.Email));

    private static string Compact(System.Text.Json.JsonElement json) => System.Text.Json.JsonSerializer.Serialize(json);
}
