using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>The <c>user</c> table of a Flask app, as tutorials have it.</summary>
public sealed class WerkzeugImportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;
    private readonly string id = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task What_sqlite3_writes_of_it_is_read_by_the_names_of_its_columns()
    {
        var (ann, bob) = (Some.Person(), Some.Person());
        var told = await server.ImportFileAsync(
            "werkzeug",
            [
                "id;username;email;password_hash;is_admin;created_at;confirmed_on", $"{id}1;{ann.Username};{ann.Email};{ImportSteps.OldHash};1;2024-01-02 03:04:05.678901;2024-01-03 00:00:00",
                $"{id}2;{bob.Username};{bob.Email};{ImportSteps.OldHash};0;2024-01-02 03:04:05;",
            ],
            "--map", "email_verified=confirmed_on,roles=is_admin", "--roles", "is_admin=admin");
        Assert.Equal(("created", "created"), (told[id + "1"], told[id + "2"]));
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "1", "email_verified AND roles = '{admin}' AND date_joined = '2024-01-02 03:04:05.678901Z'"));
        Assert.Equal(1, await server.Database.UsersOfAsync(id + "2", "NOT email_verified AND roles = '{}'"));
        using var client = server.Client();
        Assert.Equal(200, (await client.LoginAsync(ann with { Password = ImportSteps.OldPassword })).Status);
    }

    [Fact]
    public async Task Addresses_that_were_proved_without_being_noted_count_where_the_operator_says_so()
    {
        var ann = Some.Person();
        await server.ImportFileAsync("werkzeug", ["id,username,email,password", $"{id},{ann.Username},{ann.Email},{ImportSteps.OldHash}"], "--trust-addresses");
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "email_verified"));
    }

    [Fact]
    public async Task The_table_is_read_from_a_PostgreSQL_too()
    {
        var ann = Some.Person();
        await server.Database.ExecuteAsync("CREATE SCHEMA flask; CREATE TABLE flask.\"user\" (id text, username text, email text, password_hash text, banned boolean, roles text[])");
        await server.Database.ExecuteAsync(
            "INSERT INTO flask.\"user\" VALUES (@id, @name, @email, @hash, true, '{staff}')", ("id", id), ("name", ann.Username), ("email", ann.Email), ("hash", ImportSteps.OldHash));
        var run = await server.CommandAsync("import", "werkzeug", "--database", server.Database.ConnectionString, "--table", "flask.user", "--map", "is_active=!banned", "--trust-addresses", "--roles", "staff=editor");
        Assert.Equal("created", ImportTold.Of(run)[id]);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "NOT is_active AND roles = '{editor}'"));
        Assert.Contains("There is no table nothing: say --table SCHEMA.NAME.", (await server.CommandAsync("import", "werkzeug", "--database", server.Database.ConnectionString, "--table", "nothing")).Errors, StringComparison.Ordinal);
    }

    /// <summary>A number that counts something, and a time that is none or not yet, proves nothing and lets nobody in.</summary>
    [Theory]
    [InlineData("2", "1"), InlineData("5", "1"), InlineData("00", "1"), InlineData("1", "2"), InlineData("1", "00"), InlineData("999999999", "1"), InlineData("10000000000", "1"), InlineData("20240102030405", "1")]
    [InlineData("NULL", "1"), InlineData("03/04/2019", "1"), InlineData("31.12.2019", "1"), InlineData("2.5", "1"), InlineData("10:30", "1"), InlineData("0001-01-01 00:00:00", "1"), InlineData("2999-01-01", "1")]
    public async Task SG_21_What_is_neither_a_flag_nor_a_time_verifies_nobody_and_is_a_conflict(string verified, string active)
    {
        var told = await server.ImportFileAsync("werkzeug", ["id,email,confirmed_at,active,role", $"{id},{Some.Email()},{verified},{active},admin"], "--roles", "admin=admin");
        Assert.Equal(verified == "1" ? $"conflict: \"{active}\" in active is neither true nor false." : $"conflict: \"{verified}\" in confirmed_at is neither true nor false.", told[id]);
        Assert.Equal(0, await server.Database.UsersOfAsync(id));
    }

    [Fact]
    public async Task The_time_of_confirmed_at_verifies_and_nothing_in_it_does_not()
    {
        string[] times = ["2024-01-03 00:00:00.5", "2024-01-03T00:00Z", "Tue, 02 Jan 2024 03:04:05 GMT", "1704164645", "1704164645000", "", "0", "no"];
        var told = await server.ImportFileAsync("werkzeug", ["id;email;confirmed_at", .. times.Select((time, i) => $"{id}{i};{Some.Email()};{time}")]);
        Assert.All(told.Rows.Where(row => row.Id.StartsWith(id, StringComparison.Ordinal)), row => Assert.Equal("created", row.Outcome));
        Assert.Equal(["0", "1", "2", "3", "4"], await server.Database.ScalarAsync<string[]>(
            "SELECT array_agg(right(legacy_id, 1) ORDER BY legacy_id) FROM users WHERE legacy_id LIKE @id AND email_verified", ("id", id + "%")));
        Assert.Equal(times.Length, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", id + "%")));
    }

    [Fact]
    public async Task A_time_that_cannot_be_read_is_noted_and_its_user_comes()
    {
        string[] times = ["31.12.2019", "garbage", "03/04/2019", "2019-13-01", "7"];
        var told = await server.ImportFileAsync("werkzeug", ["id,email,created_at,last_login", .. times.Select((time, i) => $"{id}{i},{Some.Email()},{time},{time}")]);
        foreach (var (time, i) in times.Select((time, i) => (time, i)))
        {
            Assert.EndsWith($"\"{time}\" is no time that can be read: they have joined when they were imported. \"{time}\" is no time that can be read: the last sign-in is left out.", told[$"{id}{i}"], StringComparison.Ordinal);
        }
        Assert.Equal(times.Length, await server.Database.CountAsync("users", "legacy_id LIKE @id AND date_joined > now() - interval '1 hour' AND last_login IS NULL", ("id", id + "%")));
    }

    [Fact]
    public async Task SG_17_A_bare_SHA_256_comes_only_where_the_operator_says_so()
    {
        const string bare = "2e3876e6753053c6873ffdfd1db88c2d098ceee59ad9d826eae2a2ba49d9b9cc";
        string[] rows = [Some.Person().Row(id, hash: bare)];
        Assert.StartsWith("conflict: The password's hash is refused: ", (await server.ImportAsync(rows))[id], StringComparison.Ordinal);
        Assert.Equal("created: The password protects so little that a new one is asked for at the first sign-in.", (await server.ImportAsync(rows, "--bare-sha256"))[id]);
    }
}
