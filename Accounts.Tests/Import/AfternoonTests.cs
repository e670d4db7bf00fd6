using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>The commands of "The afternoon" in the guides, as they stand there, one after the other.</summary>
[Trait("Pace", "long")]
public sealed partial class AfternoonTests(Postgres postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("accounts-afternoon-").FullName;
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    /// <summary>The lines of the guide that are ours; files lie in the folder.</summary>
    private async Task<CommandRun[]> PlayAsync(string guide, Action<string>? theirs = null, params (string Name, string Value)[] variables)
    {
        var block = Block().Match(Repository.Read($"docs/{guide}.md")).Groups[1].Value;
        var runs = new List<CommandRun>();
        foreach (var line in block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith("accounts ", StringComparison.Ordinal))
            {
                theirs?.Invoke(line);
                continue;
            }
            runs.Add(await server.CommandAsync([.. line.Split(' ')[1..].Select(word => variables.Aggregate(
                FileName().IsMatch(word) ? Path.Combine(folder, word) : word, (text, variable) => text == $"\"${variable.Name}\"" ? variable.Value : text))]));
        }
        return [.. runs];
    }

    private string[] Report(string file) => [.. File.ReadAllLines(Path.Combine(folder, file)).Skip(1).Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task The_afternoon_of_who_comes_from_Firebase()
    {
        string User(string id, string more) => $$"""{"localId": "{{id}}", "email": "{{id}}@example.test", "emailVerified": true, {{FirebaseImportTests.Hashed}}{{more}}}""";
        string[] exports = [User("ann", """, "customAttributes": "{\"admin\":true}" """), $"{User("ann", """, "disabled": true""")}, {User("bob", "")}"];
        var exported = 0;
        Write("hash-config.txt", FirebaseImportTests.HashConfig);
        Write("sample.csv", $"ann@example.test,{FirebaseImportTests.Password}\n");
        var runs = await PlayAsync("coming-from-firebase", line =>
        {
            Assert.Equal("firebase auth:export users.json", line);
            Write("users.json", $$"""{"users": [{{exports[exported++]}}]}""");
        });
        Assert.Equal(2, exported);
        Assert.Equal("1 of 1 passwords match the hashes there.", runs[0].Output.Trim());
        Assert.Equal(["created"], Report("dry.csv"));
        Assert.Equal(["created"], Report("first.csv"));
        // No import deactivates who administers here.
        Assert.Equal(["conflict", "created"], Report("last.csv"));
        Assert.Equal([0, 0, 0, 3], runs.Select(run => run.ExitCode));
        using var client = server.Client();
        Assert.Equal(200, (await client.LoginAsync(new Person("", "ann@example.test", FirebaseImportTests.Password))).Status);
        Assert.Equal(200, (await client.LoginAsync(new Person("", "bob@example.test", FirebaseImportTests.Password))).Status);
    }

    [Fact]
    public async Task The_afternoon_of_who_comes_from_Supabase()
    {
        var there = await postgres.CreateDatabaseAsync();
        await new TestDatabase(there).ExecuteAsync(SupabaseImportTests.Schema);
        Write("sample.csv", $"ann@example.test,{ImportSteps.OldPassword}\n");
        var runs = await PlayAsync("coming-from-supabase", line => Assert.StartsWith("export PGPASSWORD=", line, StringComparison.Ordinal), ("SUPABASE_DB", there));
        Assert.Equal("1 of 1 passwords match the hashes there.", runs[0].Output.Trim());
        Assert.Equal(["conflict", "created", "created", "created"], Report("dry.csv"));
        Assert.Equal(Report("dry.csv"), Report("first.csv"));
        Assert.Equal(["conflict", "unchanged", "unchanged", "unchanged"], Report("last.csv"));
        Assert.Equal([0, 3, 3, 3], runs.Select(run => run.ExitCode));
        using var client = server.Client();
        Assert.Equal(200, (await client.LoginAsync(new Person("", "ann@example.test", ImportSteps.OldPassword))).Status);
        Assert.Equal(1, await server.Database.CountAsync("users", "roles = '{editor}'"));
    }

    [GeneratedRegex(@"## The afternoon\n.*?```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^[a-z-]+\.(csv|json|txt)$")]
    private static partial Regex FileName();
}
