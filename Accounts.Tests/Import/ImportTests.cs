using Accounts.Tests.NewDevices;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>Who comes, how, and who does not.</summary>
public sealed class ImportTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly Person person = Some.Person();
    private readonly string id = Guid.NewGuid().ToString("N");
    private ApiClient client = null!;

    public ValueTask InitializeAsync()
    {
        client = server.Client();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_21_Who_is_imported_signs_in_with_the_password_of_before_by_name_and_by_address()
    {
        var told = await server.ImportAsync([person.Row(id, first: "Ann", last: "Lee")]);
        Assert.Equal((0, "created"), (told.Run.ExitCode, told[id]));
        Assert.StartsWith("1 read: 1 created, 0 unchanged, 0 updated, 0 conflict", told.Run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "email_verified AND verified_by IS NULL AND verified_at IS NOT NULL AND NOT signed_up_here AND ways = '{password}' AND first_name = 'Ann' AND last_name = 'Lee'"));
        Assert.Equal(200, (await client.LoginAsync(person with { Password = ImportSteps.OldPassword })).Status);
        Assert.Equal(200, (await client.PostAsync("/api/auth/login/", new { username = person.Username, password = ImportSteps.OldPassword })).Status);
        Assert.Equal(401, (await client.LoginAsync(person with { Password = ImportSteps.OldPassword + "x" })).Status);
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task The_first_sign_in_here_is_on_no_new_device_whenever_the_last_one_there_was_and_the_next_on_another_is()
    {
        await server.ImportFileAsync("csv", [$"{ImportSteps.Header},last_login", $"{person.Row(id)},2026-01-05T10:00:00Z"]);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "last_login IS NOT NULL"));
        using ApiClient first = server.Client(UserAgents.Firefox), second = server.Client(UserAgents.Chrome);
        Assert.Equal(200, (await first.LoginAsync(person with { Password = ImportSteps.OldPassword })).Status);
        Assert.Equal(0, await server.Database.EventsAsync(person, "signed_in_on_new_device"));
        Assert.Equal(200, (await second.LoginAsync(person with { Password = ImportSteps.OldPassword })).Status);
        Assert.Equal(1, await server.Database.EventsAsync(person, "signed_in_on_new_device"));
    }

    [Fact]
    public async Task An_import_is_one_event_of_an_operator_with_its_counts()
    {
        var before = await server.Database.CountAsync("security_events", "kind = 'users_imported'");
        await server.ImportAsync([person.Row(id)]);
        Assert.Equal(before + 1, await server.Database.CountAsync("security_events", "kind = 'users_imported'"));
        Assert.Equal(1, await server.Database.CountAsync(
            "(SELECT after, actor_id, actor_ip FROM security_events WHERE kind = 'users_imported' ORDER BY at DESC LIMIT 1) e", "e.after->>'source' = 'csv' AND (e.after->>'created')::int = 1 AND actor_id IS NULL AND actor_ip = ''"));
        Assert.Equal(0, await server.Database.EventsAsync(person, "registered"));
    }

    [Fact]
    public async Task SG_21_An_address_that_somebody_has_here_is_a_conflict_and_nobody_is_merged()
    {
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        var told = await server.ImportAsync([new Person(Some.Username(), person.Email.ToUpperInvariant(), "").Row(id)]);
        Assert.Equal(3, told.Run.ExitCode);
        Assert.StartsWith("conflict: Somebody has the address", told[id], StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.UsersOfAsync(id));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "legacy_id IS NULL AND NOT email_verified"));
        Assert.Equal(401, (await client.LoginAsync(person with { Password = ImportSteps.OldPassword })).Status);
    }

    [Fact]
    public async Task SG_21_A_username_that_somebody_has_here_is_a_conflict()
    {
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        var told = await server.ImportAsync([new Person(person.Username.ToUpperInvariant(), Some.Email(), "").Row(id)]);
        Assert.StartsWith("conflict: Somebody has the username", told[id], StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.UsersOfAsync(id));
    }

    [Fact]
    public async Task Addresses_that_differ_by_case_alone_are_reported_before_anything_is_written_and_neither_comes()
    {
        var other = Some.Person();
        var told = await server.ImportAsync([other.Row(id + "1"), person.Row(id + "2"), new Person(Some.Username(), person.Email.ToUpperInvariant(), "").Row(id + "3")]);
        Assert.Equal([id + "2", id + "3", id + "1"], told.Rows.Where(row => row.Outcome != "gone").Select(row => row.Id));
        Assert.Equal($"conflict: The address {person.Email} is also that of {id}3; they differ by case alone.", told[id + "2"]);
        Assert.Equal("created", told[id + "1"]);
        Assert.Equal(0, await server.Database.CountAsync("users", "email_key = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task Usernames_that_differ_by_case_and_ids_that_stand_twice_are_conflicts_of_all_who_have_them()
    {
        var told = await server.ImportAsync(
        [
            person.Row(id + "1"), new Person(person.Username.ToUpperInvariant(), Some.Email(), "").Row(id + "2"), Some.Person().Row(id + "3"), Some.Person().Row(id + "3"),
        ]);
        Assert.Equal($"conflict: The username {person.Username} is also that of {id}2, but for case.", told[id + "1"]);
        Assert.Equal(2, told.Rows.Count(row => row.Id == id + "3" && row is { Outcome: "conflict", Why: "The id there stands 2 times." }));
        Assert.Equal(0, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task A_dry_run_reports_the_same_and_writes_nothing()
    {
        string[] rows = [person.Row(id + "1", roles: "staff"), Some.Person().Row(id + "2", verified: "false"), new Person("no good", Some.Email(), "").Row(id + "3")];
        var before = await server.Database.SettledDumpAsync();
        var dry = await server.ImportAsync(rows, "--dry-run", "--roles", "staff=editor");
        Assert.Equal(before, await server.Database.DumpAsync());
        Assert.Contains("and nothing written", dry.Run.Errors, StringComparison.Ordinal);
        var wet = await server.ImportAsync(rows, "--roles", "staff=editor");
        Assert.Equal(dry.Rows, wet.Rows);
        Assert.Equal(3, dry.Run.ExitCode);
    }

    [Fact]
    public async Task Unverified_stays_unverified_and_is_never_swept_for_its_age()
    {
        Assert.Equal("created", (await server.ImportAsync([person.Row(id, verified: "false")]))[id]);
        await server.Database.ChangeAsync(person, "date_joined = now() - interval '9 years', last_login = NULL");
        await server.SweepAsync();
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "NOT email_verified AND verified_at IS NULL"));
    }

    [Fact]
    public async Task Only_who_is_verified_holds_a_role_and_only_those_that_are_mapped()
    {
        var unverified = Some.Person();
        var told = await server.ImportAsync([person.Row(id + "1", roles: "staff;editors;others"), unverified.Row(id + "2", verified: "false", roles: "staff")], "--roles", "staff=admin,editors=editor");
        Assert.Equal("created", told[id + "1"]);
        Assert.Equal("created: The role admin is left out: only who is verified holds roles.", told[id + "2"]);
        Assert.Contains("others (1)", told.Run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "1", "roles = '{admin,editor}'"));
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "2", "roles = '{}'"));
        Assert.Equal((1, 0), (await server.Database.EventsAsync(person, "roles_changed"), await server.Database.EventsAsync(unverified, "roles_changed")));
        var without = await server.ImportAsync([Some.Person().Row(id + "4", roles: "staff")]);
        Assert.Equal("created", without[id + "4"]);
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "4", "roles = '{}'"));
    }

    [Fact]
    public async Task SG_18_Unusable_passwords_are_no_password_and_hashes_that_ask_for_too_much_are_conflicts_with_why()
    {
        var told = await server.ImportAsync(
        [
            person.Row(id + "1", hash: "!unusable-since-2019"), Some.Person().Row(id + "2", hash: ""), Some.Person().Row(id + "3", hash: "pbkdf2_sha256$2147483647$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            Some.Person().Row(id + "4", hash: "unknown_hasher$1$a$b"),
        ]);
        Assert.Equal(("created", "created"), (told[id + "1"], told[id + "2"]));
        Assert.StartsWith("conflict: The password's hash is refused: ", told[id + "3"], StringComparison.Ordinal);
        Assert.Contains("2147483647", told[id + "3"], StringComparison.Ordinal);
        Assert.StartsWith("conflict: The password's hash is refused: ", told[id + "4"], StringComparison.Ordinal);
        Assert.Equal(2, await server.Database.CountAsync("users", "legacy_id LIKE @id AND password_hash IS NULL AND ways = '{}'", ("id", id + "%")));
        Assert.Equal(2, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task Who_is_deactivated_there_is_so_here()
    {
        await server.ImportAsync([person.Row(id, active: "false")]);
        (await client.LoginAsync(person with { Password = ImportSteps.OldPassword })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "NOT is_active"));
    }

    [Fact]
    public async Task A_username_that_is_the_address_becomes_a_name_that_nobody_has_or_will_have()
    {
        var (local, email) = (Some.Username(), $"{Some.Username()}@example.test");
        var told = await server.ImportAsync(
            [new Person(email, email, "").Row(id + "1"), new Person(email.Split('@')[0], $"{local}@example.test", "").Row(id + "2"), new Person(Some.Email(), Some.Email(), "").Row(id + "3")]);
        Assert.StartsWith($"created: Is called {email.Split('@')[0]}", told[id + "1"], StringComparison.Ordinal);
        Assert.EndsWith("The username is the address, which goes on signing in; they get another name.", told[id + "1"], StringComparison.Ordinal);
        Assert.Equal("created", told[id + "2"]);
        Assert.EndsWith("is an address, and not theirs: it signs in no more, and they get another name.", told[id + "3"], StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "2", $"username = '{email.Split('@')[0]}'"));
        Assert.Equal(200, (await client.PostAsync("/api/auth/login/", new { username = email, password = ImportSteps.OldPassword })).Status);
    }

    [Fact]
    public async Task What_cannot_be_a_username_or_an_address_is_a_conflict_with_why_unless_another_name_is_asked_for()
    {
        string[] rows = [new Person("John Doe", person.Email, "").Row(id + "1"), new Person(Some.Username(), "nobody", "").Row(id + "2"), new Person(Some.Username(), "", "").Row(id + "3"), person.Row("")];
        var told = await server.ImportAsync(rows);
        Assert.StartsWith("conflict: \"John Doe\" cannot be a username here: Enter a valid username.", told[id + "1"], StringComparison.Ordinal);
        Assert.Equal("conflict: \"nobody\" is no e-mail address.", told[id + "2"]);
        Assert.Equal("conflict: It has no e-mail address, and every user here has one.", told[id + "3"]);
        Assert.Equal("conflict: It has no id there, by which it could be found again.", told[""]);
        Assert.Equal(0, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
        Assert.StartsWith("created: Is called johndoe", (await server.ImportAsync(rows, "--suggest-usernames"))[id + "1"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_look_alike_and_reserved_ones_come_for_they_were_theirs()
    {
        var told = await server.ImportAsync([new Person($"l1{person.Username}", Some.Email(), "").Row(id + "1"), new Person($"li{person.Username}", Some.Email(), "").Row(id + "2"), new Person("admin", Some.Email(), "").Row(id + "3")]);
        Assert.Equal("created", told[id + "1"]);
        Assert.StartsWith("created", told[id + "2"], StringComparison.Ordinal);
        Assert.Equal("created", told[id + "3"]);
    }

    [Fact]
    public async Task What_is_imported_of_a_person_is_exported_to_them_and_erased_with_them()
    {
        await server.ImportAsync([person.Row(id)]);
        await client.SignInAsync(person with { Password = ImportSteps.OldPassword });
        var export = (await client.GetAsync("/api/auth/me/export/")).Json;
        Assert.Equal("csv", export.GetProperty("imported_users")[0].GetProperty("source").GetString());
        Assert.Equal(id, export.GetProperty("users")[0].GetProperty("legacy_id").GetString());
        await server.CommandAsync("users", "erase", person.Username, "--yes");
        Assert.DoesNotContain(id, await server.Database.DumpAsync(), StringComparison.Ordinal);
        var told = await server.ImportAsync([person.Row(id)]);
        Assert.Equal("conflict: Was imported, and is erased here: nobody comes back by an import.", told[id]);
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }
}
