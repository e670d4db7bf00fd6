using Accounts.Tests.Deletion;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Users as administrators see, find, change and delete them.</summary>
public sealed class AdminUserTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
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
    public async Task A_user_has_the_members_of_me_and_what_administrators_need()
    {
        var (me, user) = ((await client.MeAsync()).Json, await admin.GetAsync(address));
        Assert.All(me.EnumerateObject(), member => Assert.Equal(member.Value.GetRawText(), user.Json.GetProperty(member.Name).GetRawText()));
        Assert.Equal(
            ["deleted_at", "is_active", "last_login", "reason", "suspended_until", "version"],
            user.Json.EnumerateObject().Select(member => member.Name).Except(me.EnumerateObject().Select(member => member.Name)).Order(StringComparer.Ordinal));
        Assert.Equal($"\"{user["version"]}\"", user.Header("ETag"));
        (await admin.GetAsync($"{AdminSteps.Users}{Guid.NewGuid()}/")).AssertRefused(404, "not_found");
    }

    [Fact]
    public async Task RO_07_No_answer_of_the_administration_has_a_hash_a_seed_or_a_token()
    {
        var secrets = await server.Database.ScalarAsync<string[]>("SELECT ARRAY[password_hash, security_stamp] FROM users WHERE email = @email", ("email", person.Email));
        var answers = new List<string>();
        foreach (var path in new[] { address, AdminSteps.Users, $"{AdminSteps.Users}?search={person.Username}" })
        {
            answers.Add((await admin.GetAsync(path)).Text);
        }
        answers.Add((await admin.PostAsync($"{address}reset-password/")).Text);
        answers.Add((await admin.PostAsync($"{address}logout/")).Text);
        foreach (var answer in answers)
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, answer, StringComparison.Ordinal));
            Assert.DoesNotMatch("(?i)hash|stamp|seed|token|secret|\\$argon2|passkey_handle", answer);
        }
    }

    [Fact]
    public async Task RO_04_An_administrator_changes_names_and_nothing_else()
    {
        var name = Some.Username();
        var answer = await admin.PatchAsync(address, new
        {
            username = name, first_name = "Ann", last_name = "Smith", locale = "DE-at",
            email = "other@example.test", email_verified = false, roles = new[] { "admin" }, is_active = false, id = Guid.NewGuid(), password = "x", password_hash = "x", version = 99, deleted_at = "2026-01-01",
        });
        Assert.Equal((200, name, "Ann", "Smith", "de-AT", person.Email), (answer.Status, answer["username"], answer["first_name"], answer["last_name"], answer["locale"], answer["email"]));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND roles = '{}' AND is_active AND deleted_at IS NULL AND version < 99"));
        await client.SignInAsync(person);
        var (_, before, after) = await server.Database.ActAsync(person, "user_changed");
        Assert.Equal((person.Username, name), (before.GetProperty("username").GetString(), after.GetProperty("username").GetString()));
        Assert.Equal(["first_name", "last_name", "locale", "username"], after.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        var answer = await admin.PatchAsync(address, new { username = administrator.Username.ToUpperInvariant() });
        answer.AssertBody(400, """{"username":["A user with that username already exists."]}""");
        Assert.Equal(0, await server.Database.EventsAsync(person, "user_changed"));
    }

    [Fact]
    public async Task A_change_of_what_was_read_before_another_change_is_refused()
    {
        var etag = (await admin.GetAsync(address)).Header("ETag")!;
        Assert.Equal(200, (await admin.PatchAsync(address, new { first_name = "One" }, ("If-Match", etag))).Status);
        (await admin.PatchAsync(address, new { first_name = "Two" }, ("If-Match", etag))).AssertRefused(412, "stale");
        (await admin.PatchAsync(address, new { first_name = "Two" }, ("If-Match", "nonsense"))).AssertRefused(412, "stale");
        Assert.Equal("One", (await admin.GetAsync(address))["first_name"]);
        Assert.Equal(200, (await admin.PatchAsync(address, new { first_name = "Two" }, ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task Who_is_deleted_is_out_told_and_erased_when_the_time_is_over()
    {
        var answer = await admin.DeleteAsync(address);
        Assert.Equal((200, "false"), (answer.Status, answer["is_active"]));
        Assert.NotEqual("null", answer["deleted_at"]);
        (await client.MeAsync()).AssertAccessRefused("revoked");
        (await client.ReturnAsync(person)).AssertRefused(401, "invalid_credentials");
        var mail = await server.MailAboutAsync(person, "was deleted");
        Assert.DoesNotContain("http", mail.Text, StringComparison.Ordinal);
        await server.EraseAllAsync();
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
        await server.Database.LetTimeRunOutAsync(person);
        await server.EraseAllAsync();
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task Who_was_deleted_is_had_back_by_an_administrator()
    {
        await admin.DeleteAsync(address);
        var answer = await admin.PostAsync($"{address}activate/");
        Assert.Equal((200, "true", "null"), (answer.Status, answer["is_active"], answer["deleted_at"]));
        await client.SignInAsync(person);
    }

    [Fact]
    public async Task RO_08_Deleting_takes_a_sign_in_of_a_moment_ago()
    {
        await server.Database.LetTimePassAsync(admin, administrator);
        (await admin.DeleteAsync(address)).AssertRefused(403, "reauthentication_required");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
    }

    [Fact]
    public async Task RO_07_An_administrator_has_a_link_mailed_that_sets_a_password_and_sees_none()
    {
        var answer = await admin.PostAsync($"{address}reset-password/");
        Assert.Equal(200, answer.Status);
        var mail = await server.MailAboutAsync(person, "Choose a new password");
        var token = Mailbox.TokenOf(mail);
        Assert.DoesNotContain(token, answer.Text, StringComparison.Ordinal);
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.PostAsync("/api/auth/password/reset/confirm/", new { token, new_password = Some.OtherPassword })).Status);
        await client.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_password_reset_sent"));
    }

    [Fact]
    public async Task No_link_is_mailed_to_who_is_not_let_in()
    {
        await admin.PostAsync($"{address}deactivate/");
        (await admin.PostAsync($"{address}reset-password/")).AssertRefused(409, "user_inactive");
        Assert.Equal(0, await server.Database.EventsAsync(person, "user_password_reset_sent"));
    }

    [Fact]
    public async Task The_mail_that_verifies_is_sent_once_more_where_there_is_something_to_verify()
    {
        (await admin.PostAsync($"{address}resend-verification/")).AssertRefused(409, "already_verified");
        await server.Database.ChangeAsync(person, "email_verified = false");
        Assert.Equal(200, (await admin.PostAsync($"{address}resend-verification/")).Status);
        await Until.TrueAsync(() => Task.FromResult(server.Mailbox.To(person.Email).Count(mail => mail.Text.Contains("/verify-email#token=", StringComparison.Ordinal)) == 2), "two mails that verify");
        var token = Mailbox.TokenOf(server.Mailbox.To(person.Email)[^1]);
        Assert.Equal(200, (await client.VerifyAsync(token)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified"));
    }

    [Fact]
    public async Task Own_activity_tells_of_an_administrators_act_and_not_who_it_was_or_where()
    {
        await admin.PutRolesAsync(address, "editor");
        var activity = (await client.GetAsync("/api/auth/me/events/")).Json.GetProperty("results")[0];
        Assert.Equal(
            ("roles_changed", "An administrator changed your roles", "", "An administrator"),
            (activity.GetProperty("kind").GetString(), activity.GetProperty("text").GetString(), activity.GetProperty("ip").GetString(), activity.GetProperty("device").GetString()));
        var export = await client.GetAsync("/api/auth/me/export/");
        Assert.DoesNotContain((await server.Database.IdAsync(administrator)).ToString(), export.Text, StringComparison.Ordinal);
        Assert.Contains("\"after\":{\"roles\":[\"editor\"]}", export.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
