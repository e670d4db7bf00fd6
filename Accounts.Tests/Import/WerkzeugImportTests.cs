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

    [Fact]
    public async Task SG_17_A_bare_SHA_256_comes_only_where_the_operator_says_so()
    {
        const string bare = "2e3876e6753053c6873ffdfd1db88c2d098ceee59ad9d826eae2a2ba49d9b9cc";
        string[] rows = [Some.Person().Row(id, hash: bare)];
        Assert.StartsWith("conflict: The password's hash is refused: ", (await server.ImportAsync(rows))[id], StringComparison.Ordinal);
        Assert.Equal("created: The password protects so little that a new one is asked for at the first sign-in.", (await server.ImportAsync(rows, "--bare-sha256"))[id]);
    }
}
