using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>The steps of who moves in, and what the report says.</summary>
internal static class ImportSteps
{
    public const string OldPassword = "old secret phrase 1";

    /// <summary>Of <see cref="OldPassword"/>, by Werkzeug.</summary>
    public const string OldHash = "pbkdf2:sha256:20000$z8VHAqCJAv0FYz3y$2792677e0b9c22af733d741307ea61458fc2194deba837c1d6d37ae09fc2435b";

    public const string Header = "id,username,email,email_verified,password,is_active,first_name,last_name,roles";

    /// <summary>A line of such a file: verified, active, without a name.</summary>
    public static string Row(this Person person, string id, string verified = "true", string hash = OldHash, string active = "true", string first = "", string last = "", string roles = "") =>
        $"{id},{person.Username},{person.Email},{verified},{hash},{active},{first},{last},{roles}";

    /// <summary>Runs <c>import csv</c> on such lines.</summary>
    public static Task<ImportTold> ImportAsync(this TestServer server, string[] rows, params string[] words) => server.ImportFileAsync("csv", [Header, .. rows], words);

    public static async Task<ImportTold> ImportFileAsync(this TestServer server, string system, string[] lines, params string[] words)
    {
        using var file = new TemporaryFile(string.Join('\n', lines) + "\n");
        return ImportTold.Of(await server.CommandAsync(["import", system, file.Path, .. words]));
    }

    public static Task<long> UsersOfAsync(this TestDatabase database, string legacyId, string where = "true") =>
        database.CountAsync("users", $"legacy_id = @id AND {where}", ("id", legacyId));
}

/// <summary>A file that goes with its test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text) => File.WriteAllText(Path, text);

    public TemporaryFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"accounts-import-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(Path);
}

/// <summary>What an import has said.</summary>
/// <param name="Run">as it ended</param>
/// <param name="Rows">of the report, in their order</param>
internal sealed record ImportTold(CommandRun Run, (string Outcome, string Id, string Place, string Why)[] Rows)
{
    public static ImportTold Of(CommandRun run)
    {
        Assert.True(run.ExitCode is 0 or 3, run.ToString());
        return new ImportTold(run, [.. run.Lines.Skip(1).Select(Parse)]);
    }

    /// <summary>Of one user's row.</summary>
    public string this[string id]
    {
        get
        {
            var row = Assert.Single(Rows, row => row.Id == id);
            return row.Why.Length == 0 ? row.Outcome : $"{row.Outcome}: {row.Why}";
        }
    }

    private static (string, string, string, string) Parse(string line)
    {
        var fields = line.Split(',', 4);
        return (fields[0], fields[1], fields[2], fields[3].StartsWith('"') ? fields[3][1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : fields[3]);
    }
}
