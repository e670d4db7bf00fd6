using Accounts.Tests.Admin;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>Run again before the switch: what changed there and not here is written, and nothing else.</summary>
public sealed class RepeatedImportTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    /// <summary>Another one of the same password.</summary>
    private const string SecondHash = "pbkdf2:sha1:1000$2fe1BGOdp6MbQQky$5b6eaf30fabcc078970fe9bbe283eb5e190d88b5";

    private readonly TestServer server = shared.Server;
    private readonly Person person = Some.Person();
    private readonly string id = Guid.NewGuid().ToString("N");
    private ApiClient client = null!;

    private Person Old => person with { Password = ImportSteps.OldPassword };

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        Assert.Equal("created", (await server.ImportAsync([person.Row(id, first: "Ann", roles: "editors")], "--roles", "editors=editor"))[id]);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> AgainAsync(string row) => (await server.ImportAsync([row], "--roles", "editors=editor"))[id];

    [Fact]
    public async Task What_has_not_changed_is_not_written()
    {
        var before = await server.Database.ScalarAsync<string>("SELECT xmin::text || u::text FROM users u WHERE legacy_id = @id", ("id", id));
        Assert.Equal("unchanged", await AgainAsync(person.Row(id, first: "Ann", roles: "editors")));
        Assert.Equal(before, await server.Database.ScalarAsync<string>("SELECT xmin::text || u::text FROM users u WHERE legacy_id = @id", ("id", id)));
    }

    [Fact]
    public async Task What_has_changed_there_alone_is_written_and_told_in_an_event()
    {
        var moved = new Person(Some.Username(), Some.Email(), "");
        Assert.Equal("updated: Changed there: name, username, address.", await AgainAsync(moved.Row(id, first: "Anna", roles: "editors")));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, $"first_name = 'Anna' AND username = '{moved.Username}' AND email_key = '{moved.Email}' AND email_verified AND roles = '{{editor}}'"));
        var (actor, before, after) = await server.Database.ActAsync(moved, "user_changed");
        Assert.Null(actor);
        Assert.Equal(("Ann", "Anna", "[\"name\",\"username\",\"address\"]"), (before.GetProperty("first_name").GetString(), after.GetProperty("first_name").GetString(), after.GetProperty("imported").GetRawText().Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal("unchanged", await AgainAsync(moved.Row(id, first: "Anna", roles: "editors")));
    }

    [Fact]
    public async Task SG_21_What_was_changed_here_is_never_overwritten()
    {
        await client.SignInAsync(Old);
        Assert.Equal(200, (await client.PatchAsync("/api/auth/me/", new { first_name = "Annie" })).Status);
        Assert.Equal(200, (await client.PostAsync("/api/auth/password/change/", new { old_password = ImportSteps.OldPassword, new_password = Some.OtherPassword })).Status);
        Assert.Equal("unchanged", await AgainAsync(person.Row(id, first: "Ann", roles: "editors")));
        Assert.Equal(
            "conflict: Changed there: roles. Changed there and here, and stays as it is here: name. Changed there and here, and stays as it is here: password.",
            await AgainAsync(person.Row(id, first: "Anna", hash: SecondHash)));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "first_name = 'Annie' AND roles = '{}'"));
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
        Assert.Equal(401, (await client.LoginAsync(Old)).Status);
    }

    [Fact]
    public async Task Who_is_deactivated_there_gets_in_no_more_though_the_rest_of_the_row_is_refused()
    {
        await client.SignInAsync(Old);
        var row = new Person(person.Username, "", "").Row(id, active: "false", first: "Ann", roles: "editors");
        Assert.Equal("conflict: Changed there: active. It has no e-mail address, and every user here has one.", await AgainAsync(row));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, $"NOT is_active AND email_key = '{person.Email}'"));
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(401, (await client.LoginAsync(Old)).Status);
        Assert.Equal("conflict: It has no e-mail address, and every user here has one.", await AgainAsync(row));
        Assert.Equal("updated: Changed there: active.", await AgainAsync(person.Row(id, first: "Ann", roles: "editors")));
        Assert.Equal(200, (await client.LoginAsync(Old)).Status);
    }

    [Fact]
    public async Task A_hash_that_was_made_anew_there_at_a_sign_in_ends_nothing_of_who_has_not_been_here_yet()
    {
        Assert.Equal("updated: Changed there: password.", await AgainAsync(person.Row(id, first: "Ann", hash: SecondHash, roles: "editors")));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "sessions_ended_at IS NULL"));
    }

    [Fact]
    public async Task What_has_become_the_same_on_both_sides_is_no_conflict()
    {
        await client.SignInAsync(Old);
        await client.PatchAsync("/api/auth/me/", new { first_name = "Anna" });
        Assert.Equal("unchanged", await AgainAsync(person.Row(id, first: "Anna", roles: "editors")));
        Assert.Equal("updated: Changed there: name.", await AgainAsync(person.Row(id, first: "Hanna", roles: "editors")));
    }

    [Fact]
    public async Task SG_17_A_hash_that_was_made_anew_at_a_sign_in_is_no_change_of_here_and_a_new_password_there_signs_everybody_out()
    {
        await client.SignInAsync(Old);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, $"password_hash <> '{ImportSteps.OldHash}'"));
        Assert.Equal("updated: Changed there: password.", await AgainAsync(person.Row(id, first: "Ann", hash: SecondHash, roles: "editors")));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, $"password_hash = '{SecondHash}'"));
        Assert.Equal(401, (await client.GetAsync("/api/auth/me/")).Status);
        Assert.Equal(200, (await client.LoginAsync(Old)).Status);
        Assert.Equal("updated: Changed there: password.", await AgainAsync(person.Row(id, first: "Ann", hash: "!", roles: "editors")));
        Assert.Equal(401, (await client.LoginAsync(Old)).Status);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "ways = '{}' AND password_hash IS NULL"));
    }

    [Fact]
    public async Task SG_21_A_mailed_link_to_the_address_of_before_is_dead_once_the_address_has_changed_there()
    {
        var token = await server.Database.PlantTokenAsync(person, "reset");
        await AgainAsync(new Person(person.Username, Some.Email(), "").Row(id, first: "Ann", roles: "editors"));
        (await client.PostAsync("/api/auth/password/reset/confirm/", new { token, new_password = Some.OtherPassword })).AssertRefused(400, "invalid_token");
        await AgainAsync(person.Row(id, first: "Ann", roles: "editors"));
        (await client.PostAsync("/api/auth/password/reset/confirm/", new { token, new_password = Some.OtherPassword })).AssertRefused(400, "invalid_token");
    }

    [Fact]
    public async Task Who_is_deactivated_there_is_out_here_and_who_is_deactivated_here_stays_out()
    {
        await client.SignInAsync(Old);
        Assert.Equal("updated: Changed there: active.", await AgainAsync(person.Row(id, first: "Ann", active: "false", roles: "editors")));
        Assert.Equal(401, (await client.GetAsync("/api/auth/me/")).Status);
        Assert.Equal("updated: Changed there: active.", await AgainAsync(person.Row(id, first: "Ann", roles: "editors")));
        await client.SignInAsync(Old);
        await server.CommandAsync("users", "deactivate", person.Username, "--reason", "spam");
        Assert.Equal("unchanged", await AgainAsync(person.Row(id, first: "Ann", roles: "editors")));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "NOT is_active AND deactivation_reason = 'spam'"));
    }

    [Fact]
    public async Task Who_has_deleted_the_account_here_is_not_touched()
    {
        await server.CommandAsync("users", "delete", person.Username);
        Assert.Equal("unchanged", await AgainAsync(person.Row(id, first: "Ann", roles: "editors")));
        Assert.Equal("conflict: Has deleted the account here, and stays as they are.", await AgainAsync(person.Row(id, first: "Anna", roles: "editors")));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "first_name = 'Ann' AND deleted_at IS NOT NULL"));
    }

    [Fact]
    public async Task Roles_follow_until_they_are_changed_here_and_no_import_unmakes_an_administrator()
    {
        Assert.Equal("updated: Changed there: roles.", await AgainAsync(person.Row(id, first: "Ann")));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "roles = '{}'"));
        await server.CommandAsync("users", "set-roles", person.Username, "admin");
        Assert.StartsWith("conflict: Changed there and here, and stays as it is here: roles.", await AgainAsync(person.Row(id, first: "Ann", roles: "editors")), StringComparison.Ordinal);
        Assert.Equal("conflict: Administers here, and is deactivated by no import.", await AgainAsync(person.Row(id, first: "Ann", active: "false")));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "is_active AND roles = '{admin}'"));
    }

    [Fact]
    public async Task Who_is_no_longer_verified_there_keeps_no_role()
    {
        Assert.Equal("updated: Changed there: address, roles. The role editor is left out: only who is verified holds roles.", await AgainAsync(person.Row(id, verified: "false", first: "Ann", roles: "editors")));
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "NOT email_verified AND roles = '{}'"));
        await server.Database.ExecuteAsync("UPDATE users SET email_verified = true, roles = '{editor}' WHERE legacy_id = @id", ("id", id));
        Assert.StartsWith("conflict: ", await AgainAsync(new Person(person.Username, Some.Email(), "").Row(id, verified: "false", first: "Ann")), StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "roles = '{editor}' AND email_verified"));
    }

    [Fact]
    public async Task SG_21_A_name_or_an_address_that_is_somebody_elses_by_now_is_a_conflict_and_the_rest_is_written()
    {
        using var other = server.Client();
        var somebody = await other.RegisterSomebodyAsync();
        Assert.StartsWith("conflict: Changed there: name. Somebody has the username", await AgainAsync(new Person(somebody.Username, somebody.Email, "").Row(id, first: "Anna", roles: "editors")), StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, $"first_name = 'Anna' AND username = '{person.Username}' AND email = '{person.Email}'"));
    }

    [Fact]
    public async Task Who_is_not_there_any_more_is_listed_and_stays()
    {
        var told = await server.ImportAsync([Some.Person().Row(Guid.NewGuid().ToString("N"))]);
        Assert.Equal("gone: Is not there any more, and stays here.", told[id]);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "is_active"));
        // One that cannot be read is not gone.
        Assert.Equal("conflict: It has no e-mail address, and every user here has one.", (await server.ImportAsync([new Person(person.Username, "", "").Row(id)]))[id]);
    }

    [Fact]
    public async Task SG_21_The_same_id_of_another_system_is_somebody_elses()
    {
        var told = await server.ImportFileAsync("werkzeug", [ImportSteps.Header, Some.Person().Row(id, hash: SecondHash)]);
        Assert.Equal("conflict: Somebody has this id here who was imported from csv, and this is werkzeug.", told[id]);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"password_hash = '{ImportSteps.OldHash}'"));
    }
}
