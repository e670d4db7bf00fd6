using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>Files that somebody has made to do harm, or that are merely broken.</summary>
public sealed class HostileFileTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;
    private readonly string id = Guid.NewGuid().ToString("N");

    private async Task<ImportTold> CsvAsync(byte[] bytes)
    {
        using var file = new TemporaryFile(bytes);
        return ImportTold.Of(await server.CommandAsync("import", "csv", file.Path));
    }

    private async Task<CommandRun> JsonAsync(string json)
    {
        using var file = new TemporaryFile(json);
        return await server.CommandAsync("import", "firebase", file.Path);
    }

    [Fact]
    public async Task What_would_mean_something_to_SQL_or_to_COPY_is_a_name_like_any_other()
    {
        const string name = "Rob\\N\\. '); DROP TABLE users; -- \\t $1 {0}";
        var (person, odd) = (Some.Person(), $"{id}'\\");
        Assert.Equal("created", (await server.ImportAsync([person.Row(odd, first: name)]))[odd]);
        Assert.Equal(name, await server.Database.ScalarAsync<string>("SELECT first_name FROM users WHERE email = @email", ("email", person.Email)));
        Assert.Equal("unchanged", (await server.ImportAsync([person.Row(odd, first: name)]))[odd]);
    }

    [Fact]
    public async Task A_broken_line_is_a_conflict_with_its_number_and_the_next_one_is_read()
    {
        string[] lines =
        [
            ImportSteps.Header, Some.Person().Row(id + "1"), "too,few", Some.Person().Row(id + "2", first: "\"a\"b"), $"{new string('x', 1_100_000)}", Some.Person().Row(id + "3"),
            Some.Person().Row(id + "4", first: "\"two\nlines\""), Some.Person().Row(id + "5", verified: "perhaps"), Some.Person().Row(id + "6", last: "\"never closed"),
        ];
        var told = await CsvAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        Assert.Equal(("created", "created"), (told[id + "1"], told[id + "3"]));
        Assert.Equal("conflict: The first name has control characters in it.", told[id + "4"]);
        Assert.Equal("conflict: \"perhaps\" in email_verified is neither true nor false.", told[id + "5"]);
        Assert.Equal(
            [
                ("line 3", "It has 2 fields, and the first line names 9."), ("line 4", "Something stands after a closing quotation mark."),
                ("line 5", "It is longer than 1048576 characters, or has a quotation mark that is not closed."), ("line 10", "Its quotation mark is not closed."),
            ],
            told.Rows.Where(row => row.Id.Length == 0).Select(row => (row.Place, row.Why)));
        Assert.Equal(2, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task NUL_and_bytes_that_are_no_UTF_8_are_conflicts_of_their_lines()
    {
        byte[] Line(string part, byte[] bytes, string rest) => [.. Encoding.UTF8.GetBytes(part), .. bytes, .. Encoding.UTF8.GetBytes(rest)];
        var (one, two, three) = (Some.Person(), Some.Person(), Some.Person());
        var told = await CsvAsync(
        [
            .. Encoding.UTF8.GetBytes(ImportSteps.Header + "\n"),
            .. Line($"{id}1,{one.Username},{one.Email},true,,true,", [0], ",,\n"), .. Line($"{id}2,{two.Username},{two.Email},true,,true,", [0xC3, 0x28], ",,\n"),
            .. Line($"{id}3", [0], $",{three.Username},{three.Email},true,,true,,,\n"), .. Encoding.UTF8.GetBytes(Some.Person().Row(id + "4")),
        ]);
        Assert.Equal("conflict: The first name has bytes in it that are no UTF-8.", told[id + "2"]);
        Assert.Equal("conflict: The first name has control characters in it.", told[id + "1"]);
        Assert.Contains(told.Rows, row => row.Why == "The id there has control characters in it.");
        Assert.Equal("created", told[id + "4"]);
        Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task NUL_in_a_hash_is_a_conflict_of_its_user_and_a_dry_run_says_so()
    {
        string[] rows = [Some.Person().Row(id + "1", hash: "md5$a\0$5a105e8b9d40e1329780d62ea2265d8a"), Some.Person().Row(id + "2")];
        foreach (var words in new[] { ["--dry-run"], Array.Empty<string>() })
        {
            var told = await server.ImportAsync(rows, words);
            Assert.Equal(("conflict: The password's hash has control characters in it.", "created"), (told[id + "1"], told[id + "2"]));
        }
        Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    /// <summary>In whichever text, the key among them, where another field is the id.</summary>
    [Theory]
    [InlineData("password", "md5$a\0$5a105e8b9d40e1329780d62ea2265d8a"), InlineData("username", "a\0b"), InlineData("email", "a\0@example.test"), InlineData("first_name", "a\0"), InlineData("last_name", "\0a"), InlineData("pk", "a\0b"), InlineData("number", "1\0")]
    public async Task NUL_in_a_text_of_a_dump_is_a_problem_of_its_row_alone(string field, string text)
    {
        var hostile = DjangoDumpText.User(1, fields => (fields["number"], fields["username"], fields["email"]) = (id + "1", Some.Username(), Some.Email()));
        var other = DjangoDumpText.User(2, fields => (fields["number"], fields["username"], fields["email"]) = (id + "2", Some.Username(), Some.Email()));
        (field == "pk" ? hostile : hostile["fields"]!.AsObject())[field] = text;
        using var file = new TemporaryFile(new System.Text.Json.Nodes.JsonArray(hostile, other).ToJsonString());
        var told = ImportTold.Of(await server.CommandAsync("import", "django", file.Path, "--map", "legacy_id=number"));
        Assert.Equal("created", told[id + "2"]);
        Assert.Single(told.Rows, row => row.Place.StartsWith("auth.user ", StringComparison.Ordinal) && row.Outcome == (field == "pk" ? "created" : "conflict") && row.Id != id + "2");
        Assert.Equal(field == "pk" ? 2 : 1, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task A_quotation_mark_that_is_not_closed_names_all_lines_that_it_has_taken_along()
    {
        string[] lines =
        [
            ImportSteps.Header, Some.Person().Row(id + "1"), Some.Person().Row(id + "2", first: "\"lost"), Some.Person().Row(id + "3"), Some.Person().Row(id + "4"), Some.Person().Row(id + "5", first: "found\""),
            Some.Person().Row(id + "6"), Some.Person().Row(id + "7", last: "\"never"), Some.Person().Row(id + "8"),
        ];
        var told = await CsvAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        Assert.Equal(("created", "created"), (told[id + "1"], told[id + "6"]));
        Assert.Equal(["lines 3 to 6", "lines 8 to 9"], told.Rows.Where(row => row.Outcome == "conflict").Select(row => row.Place));
        Assert.Equal(2, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Theory]
    [InlineData("id,email,email", "email"), InlineData("id,Email,email", "Email and email"), InlineData("id,email, id ", "id")]
    public async Task Two_columns_of_one_name_are_refused_by_name(string header, string named)
    {
        using var file = new TemporaryFile($"{header}\n{id},{Some.Email()},{Some.Email()}\n");
        var run = await server.CommandAsync("import", "csv", file.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"has 2 columns that are called {named}: ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.UsersOfAsync(id));
    }

    [Theory]
    [InlineData("{\"users\": [", "is no JSON from line 1, byte 12 on"), InlineData("{\"users\": []", "was it written to its end?"), InlineData("", "is no JSON from line 1, byte 1 on")]
    [InlineData("[]", "is no export of Firebase's: it has no member \"users\" that is an array."), InlineData("{\"users\": {\"users\": []}, \"user\": []}", "it has no member \"users\"")]
    [InlineData("{\"users\": [{\"localId\": \"1\"}, {\"localId\": }]}", "after 1 whole objects"), InlineData("{\"users\": [[{}]]}", "an object was looked for where there is StartArray"), InlineData("{\"\\ud83d\": 1, \"users\": []}", "it has a name in it that is not valid UTF-8")]
    public async Task A_JSON_file_that_is_broken_says_where_and_nothing_is_written(string json, string expected)
    {
        var run = await JsonAsync(json);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_that_is_deep_or_endless_is_refused_without_being_held_in_memory()
    {
        var deep = await JsonAsync($"{{\"users\": [{string.Concat(Enumerable.Repeat("{\"a\":[", 5000))}");
        Assert.Contains("The maximum configured depth of 64", deep.Errors, StringComparison.Ordinal);
        var endless = await JsonAsync($"{{\"users\": [{{\"localId\": \"{new string('x', 70_000_000)}\"}}]}}");
        Assert.Contains("an object of more than 64 MiB", endless.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_strangers_have_chosen_is_no_formula_of_a_spreadsheet_and_moves_no_cursor()
    {
        var told = await server.ImportAsync([Some.Person().Row($"=HYPERLINK({id})"), new Person("\u001b[2Jx", Some.Email(), "").Row($"-{id}x")]);
        Assert.Equal("created", told[$"'=HYPERLINK({id})"]);
        Assert.DoesNotContain('\u001b', told.Run.Output);
        Assert.StartsWith("conflict", told[$"'-{id}x"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_in_a_file_is_for_its_owner_alone_and_as_JSON_it_has_an_object_a_line()
    {
        using var file = new TemporaryFile($"{ImportSteps.Header}\n{Some.Person().Row(id)}\n");
        using var report = new TemporaryFile("");
        File.Delete(report.Path);
        var run = await server.CommandAsync("import", "csv", file.Path, "--report", report.Path, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(1, run.Json.GetProperty("counts").GetProperty("created").GetInt32());
        Assert.Contains($$"""{"outcome":"created","legacy_id":"{{id}}","place":"line 2","why":""}""", await File.ReadAllLinesAsync(report.Path));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(report.Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task What_is_missing_or_misspelt_is_told_with_what_to_say_before_anything_is_done()
    {
        using var file = new TemporaryFile("a,b\n1,2\n");
        Assert.Contains("No column is legacy_id: say --map legacy_id=COLUMN. There are a, b.", (await server.CommandAsync("import", "csv", file.Path)).Errors, StringComparison.Ordinal);
        Assert.Contains("There is no column c, which --map says is email.", (await server.CommandAsync("import", "csv", file.Path, "--map", "legacy_id=a,email=c")).Errors, StringComparison.Ordinal);
        foreach (var (system, words) in new[] { ("csv", "legacy_id=a,verified=b"), ("csv", "active=b"), ("werkzeug", "bogus=x") })
        {
            var run = await server.CommandAsync("import", system, file.Path, "--map", words);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"--map: {words.Split(',')[^1].Split('=')[0]} is none of date_joined, email, email_verified, first_name, is_active, last_login, last_name, legacy_id, password_hash, roles, username.", run.Errors, StringComparison.Ordinal);
        }
        Assert.Contains("cannot be read: ", (await server.CommandAsync("import", "csv", "/nowhere.csv")).Errors, StringComparison.Ordinal);
        Assert.Contains("--roles: \"staff\" is no NAME=VALUE.", (await server.CommandAsync("import", "csv", file.Path, "--roles", "staff")).Errors, StringComparison.Ordinal);
        Assert.Contains("--roles: A role is a lower-case letter", (await server.CommandAsync("import", "csv", file.Path, "--roles", "staff=Not A Role")).Errors, StringComparison.Ordinal);
        Assert.Contains("Name a file, or say --database; one of the two.", (await server.CommandAsync("import", "supabase")).Errors, StringComparison.Ordinal);
        Assert.Contains("--database is no address of a PostgreSQL", (await server.CommandAsync("import", "supabase", "--database", "nonsense")).Errors, StringComparison.Ordinal);
    }
}
