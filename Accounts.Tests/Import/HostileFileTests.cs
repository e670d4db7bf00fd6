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

    [Theory]
    [InlineData("{\"users\": [", "is no JSON from line 1, byte 12 on"), InlineData("{\"users\": []", "was it written to its end?"), InlineData("", "is no JSON from line 1, byte 1 on")]
    [InlineData("[]", "is no export of Firebase's: it has no member \"users\" that is an array."), InlineData("{\"users\": {\"users\": []}, \"user\": []}", "it has no member \"users\"")]
    [InlineData("{\"users\": [{\"localId\": \"1\"}, {\"localId\": }]}", "after 1 whole objects"), InlineData("{\"users\": [[{}]]}", "an object was looked for where there is StartArray")]
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
        Assert.Contains("cannot be read: ", (await server.CommandAsync("import", "csv", "/nowhere.csv")).Errors, StringComparison.Ordinal);
        Assert.Contains("--roles: \"staff\" is no NAME=VALUE.", (await server.CommandAsync("import", "csv", file.Path, "--roles", "staff")).Errors, StringComparison.Ordinal);
        Assert.Contains("--roles: A role is a lower-case letter", (await server.CommandAsync("import", "csv", file.Path, "--roles", "staff=Not A Role")).Errors, StringComparison.Ordinal);
        Assert.Contains("Name a file, or say --database; one of the two.", (await server.CommandAsync("import", "supabase")).Errors, StringComparison.Ordinal);
        Assert.Contains("--database is no address of a PostgreSQL", (await server.CommandAsync("import", "supabase", "--database", "nonsense")).Errors, StringComparison.Ordinal);
    }
}
