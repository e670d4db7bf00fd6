using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>A real Django project, with Debian's Django, DRF, SimpleJWT, allauth and social-auth, moves as docs/coming-from-django.md says.</summary>
[Trait("Pace", "long")]
public sealed class MovingDjangoTests(Postgres postgres)
{
    private const string Roles = "--roles=staff=staff,superuser=admin,editors=editor";

    private static readonly string[] Hashes = ["pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "bcrypt", "sha1", "md5", "scrypt"];

    /// <summary>By username: the address, whether it is verified, whether they are active, their roles and ways.</summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["inactive"] = "inactive@example.test verified inactive {} {password}",
        ["staff"] = "staff@example.test verified active {staff} {password}",
        ["root"] = "root@example.test verified active {admin,staff} {password}",
        ["unverified.staff"] = "unverified.staff@example.test unverified active {} {password}",
        ["unverified"] = "unverified@example.test unverified active {} {password}",
        ["nowhere"] = "nowhere@example.test unverified active {} {password}",
        ["social"] = "social@example.test verified active {} {google}",
        ["github"] = "github@example.test verified active {} {github}",
        ["former"] = "former@example.test verified active {} {}",
        ["own"] = "own@example.test verified active {} {github}",
        ["editor"] = "editor@example.test verified active {editor} {password}",
        ["moved"] = "moved.to@example.test verified active {} {password}",
    };

    [Fact]
    public async Task The_afternoon_as_it_is_printed_brings_everybody_over_with_what_is_theirs()
    {
        await using var provider = await ProviderDouble.StartAsync();
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        await using var old = await OldProject.DjangoAsync(postgres);
        await File.WriteAllLinesAsync(Path.Combine(old.Folder, "sample.csv"), Hashes.Select(hash => $"hash.{hash},{old.Password}").Append("editor@example.test,not the password"));
        var output = await old.PasteAsync(PrintedCommands.Of("coming-from-django.md", "The afternoon"), server, provider.Settings);

        Assert.Contains($"{Hashes.Length} of {Hashes.Length + 1} passwords match the hashes there.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not the password", output, StringComparison.Ordinal);
        Assert.Contains("21 read, and nothing written: 20 created, 0 unchanged, 0 updated, 1 conflict, 0 gone.", output, StringComparison.Ordinal);
        Assert.Contains("21 read: 20 created, 0 unchanged, 0 updated, 1 conflict, 0 gone.", output, StringComparison.Ordinal);
        Assert.Contains("21 read: 0 created, 20 unchanged, 0 updated, 1 conflict, 0 gone.", output, StringComparison.Ordinal);
        Assert.Contains($"conflict,{old.KeyOf("hash.unsalted")},accounts.user {old.KeyOf("hash.unsalted")},", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(old.Folder, "dump.json")));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages"));
        await IsWholeAsync(old, server);
        await SignInAsync(old, server, provider);

        // The database says the same as the dump, and a hash that was made anew here is no change of it.
        var again = await server.CommandAsync("import", "django", "--database", old.DatabaseUrl, Roles);
        Assert.True(again.ExitCode == 3, again.ToString());
        Assert.Contains("21 read: 0 created, 20 unchanged, 0 updated, 1 conflict, 0 gone.", again.Errors, StringComparison.Ordinal);
        await SignInAsync(old, server, provider);
    }

    private static async Task IsWholeAsync(OldProject old, TestServer server)
    {
        foreach (var (name, expected) in Expected.Concat(Hashes.Select(hash => KeyValuePair.Create($"hash.{hash}", $"hash.{hash}@example.test verified active {{}} {{password}}"))))
        {
            Assert.Equal((name, expected), (name, await server.Database.ScalarAsync<string>(
                """
                SELECT concat_ws(' ', email, CASE WHEN email_verified THEN 'verified' ELSE 'unverified' END, CASE WHEN is_active THEN 'active' ELSE 'inactive' END,
                    coalesce((SELECT array_agg(role ORDER BY role) FROM unnest(roles) role), '{}')::text, ways::text)
                FROM users WHERE legacy_id = @key AND username = @name AND date_joined BETWEEN '2019-05-04 03:02:01.654Z' AND '2019-05-04 03:02:01.655Z'
                """,
                ("key", old.KeyOf(name)), ("name", name))));
        }
    }

    private static async Task SignInAsync(OldProject old, TestServer server, ProviderDouble provider)
    {
        foreach (var name in Hashes.Select(hash => $"hash.{hash}").Append("unverified"))
        {
            Assert.Equal(401, (await LoginAsync(server, name, old.Password + "x")).Status);
            var signedIn = await LoginAsync(server, name, old.Password);
            Assert.True(signedIn.Status == 200, $"{name}: {signedIn}");
            Assert.Equal(old.KeyOf(name), signedIn.Json.GetProperty("user").GetProperty("legacy_id").GetString());
            Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id = @key AND password_hash LIKE '$argon2id$v=19$m=8,%'", ("key", old.KeyOf(name))));
        }
        Assert.Equal(401, (await LoginAsync(server, "inactive", old.Password)).Status);
        Assert.Equal(401, (await LoginAsync(server, "former", old.Password)).Status);
        foreach (var (name, identity) in new[] { ("social", Identity.OfGoogle("social@example.test")), ("github", Identity.OfGitHub("github@example.test")), ("own", Identity.OfGitHub("own@example.test")) })
        {
            (name == "social" ? identity.Claims : identity.User)[name == "social" ? "sub" : "id"] = name switch { "social" => "1001", "github" => 2002, _ => 3003 };
            using var client = server.Client();
            var signedIn = await client.SignInAsync(provider, identity);
            Assert.True(signedIn.Status == 200, $"{name}: {signedIn}");
            Assert.Equal(old.KeyOf(name), signedIn.Json.GetProperty("user").GetProperty("legacy_id").GetString());
        }
    }

    private static async Task<Answer> LoginAsync(TestServer server, string username, string password)
    {
        using var client = server.Client();
        return await client.PostAsync("/api/auth/login/", new { username, password });
    }

    [Fact]
    public async Task A_project_with_a_model_of_its_own_comes_over_by_a_mapping()
    {
        await using var server = await TestServer.StartAsync(postgres);
        await using var old = await OldProject.DjangoAsync(postgres, "people.Person");
        const string map = "--map=email=mail,username=login,is_active=enabled,email_verified=is_confirmed,date_joined=joined,first_name=given";
        await old.RunAsync("manage.py", "dumpdata", "people", "--format", "jsonl", "-o", "dump.jsonl.gz");
        var imported = await server.CommandAsync("import", "django", Path.Combine(old.Folder, "dump.jsonl.gz"), map);
        Assert.True(imported.ExitCode == 0, imported.ToString());
        var again = await server.CommandAsync("import", "django", "--database", old.DatabaseUrl, map);
        Assert.Contains("3 read: 0 created, 3 unchanged", again.Errors, StringComparison.Ordinal);
        using var client = server.Client();
        var signedIn = await client.PostAsync("/api/auth/login/", new { email = "pia@example.test", password = old.Password });
        Assert.True(signedIn.Status == 200, signedIn.ToString());
        var user = signedIn.Json.GetProperty("user");
        Assert.Equal(("pia", "Pia", "True", old.KeyOf("pia@example.test")), (user.GetProperty("username").GetString(), user.GetProperty("first_name").GetString(), $"{user.GetProperty("email_verified")}", user.GetProperty("legacy_id").GetString()));
        Assert.Equal(401, (await client.PostAsync("/api/auth/login/", new { username = "paul", password = old.Password })).Status);
        Assert.Equal(1, await server.Database.CountAsync("users", "username = 'piet' AND NOT email_verified"));
    }
}
