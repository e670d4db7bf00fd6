using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>A real Flask app, with Debian's Flask, SQLAlchemy, Werkzeug and PyJWT, moves as docs/coming-from-flask.md says.</summary>
[Trait("Pace", "long")]
public sealed class MovingFlaskTests(Postgres postgres)
{
    private static readonly string[] Hashes = ["pbkdf2.sha256", "pbkdf2.sha1", "pbkdf2.default", "scrypt"];

    /// <summary>By username: whether the address is verified, their roles and ways.</summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["root"] = "verified {admin} {password}",
        ["unconfirmed"] = "unverified {} {password}",
        ["unconfirmed.root"] = "unverified {} {password}",
        ["nobody"] = "verified {} {}",
    };

    [Fact]
    public async Task The_afternoon_as_it_is_printed_brings_everybody_over_with_what_is_theirs()
    {
        await using var server = await TestServer.StartAsync(postgres);
        await using var old = await OldProject.FlaskAsync();
        await File.WriteAllLinesAsync(Path.Combine(old.Folder, "sample.csv"), Hashes.Select(hash => $"{hash}@example.test,{old.Password}"));
        var output = await old.PasteAsync(PrintedCommands.Of("coming-from-flask.md", "The afternoon"), server);
        Assert.Contains($"{Hashes.Length} of {Hashes.Length} passwords match the hashes there.", output, StringComparison.Ordinal);
        Assert.Contains("8 read, and nothing written: 8 created, 0 unchanged, 0 updated, 0 conflict, 0 gone.", output, StringComparison.Ordinal);
        Assert.Contains("8 read: 8 created, 0 unchanged, 0 updated, 0 conflict, 0 gone.", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(old.Folder, "users.csv")));
        foreach (var (name, expected) in Expected.Concat(Hashes.Select(hash => KeyValuePair.Create(hash, "verified {} {password}"))))
        {
            Assert.Equal((name, expected), (name, await server.Database.ScalarAsync<string>(
                """
                SELECT concat_ws(' ', CASE WHEN email_verified THEN 'verified' ELSE 'unverified' END, roles::text, ways::text)
                FROM users WHERE legacy_id = @key AND username = @name AND is_active AND date_joined = '2019-05-04 03:02:01.654321Z'
                """,
                ("key", old.KeyOf(name)), ("name", name))));
        }
        foreach (var name in Hashes)
        {
            using var client = server.Client();
            Assert.Equal(401, (await client.PostAsync("/api/auth/login/", new { username = name, password = old.Password + "x" })).Status);
            for (var time = 0; time < 2; time++)
            {
                var signedIn = await client.PostAsync("/api/auth/login/", new { username = name, password = old.Password });
                Assert.True(signedIn.Status == 200, $"{name}: {signedIn}");
                Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id = @key AND password_hash LIKE '$argon2id$v=19$m=8,%'", ("key", old.KeyOf(name))));
            }
        }
    }
}
