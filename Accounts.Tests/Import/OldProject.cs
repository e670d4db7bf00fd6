using System.Diagnostics;
using System.Text.Json;
using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>The Django project or the Flask app of <c>Support</c>, in a folder of its own, run as its owner runs it: with users of every kind in it.</summary>
public sealed class OldProject : IAsyncDisposable
{
    /// <summary>What both projects sign their tokens with.</summary>
    public const string Key = "what the old project has signed its tokens with, long enough";

    // Debian's own interpreter, which its packages serve.
    private const string Python = "/usr/bin/python3";

    private readonly (string Name, string Value)[] environment;
    private readonly List<Process> servers = [];

    private OldProject(string folder, params (string Name, string Value)[] environment) => (Folder, this.environment) = (folder, [.. environment, ("SECRET_KEY", Key), ("PYTHONDONTWRITEBYTECODE", "1")]);

    /// <summary>A copy, where its commands are run and leave what they write.</summary>
    public string Folder { get; }

    /// <summary>What was seeded: <c>password</c>, and by username or address <c>keys</c> and <c>tokens</c>.</summary>
    public JsonElement Seeded { get; private set; }

    public string Password => Seeded.GetProperty("password").GetString()!;

    public string KeyOf(string user) => Seeded.GetProperty("keys").GetProperty(user).GetString()!;

    /// <summary>A refresh token that lives.</summary>
    public string TokenOf(string user) => Seeded.GetProperty("tokens").GetProperty(user).GetString()!;

    /// <summary>The Django project's.</summary>
    public string DatabaseUrl => environment.Single(variable => variable.Name == "DATABASE_URL").Value;

    public static async Task<OldProject> DjangoAsync(Postgres postgres, string model = "accounts.User")
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.CreateEmptyDatabaseAsync());
        var url = $"postgres://{database.Username}:{Uri.EscapeDataString(database.Password ?? "")}@localhost:{database.Port}/{database.Database}?host={Uri.EscapeDataString(database.Host!)}";
        var project = new OldProject(Copy("django"), ("DATABASE_URL", url), ("USER_MODEL", model));
        await project.RunAsync("manage.py", "migrate", "-v0");
        project.Seeded = JsonDocument.Parse(await project.RunAsync("manage.py", "seed")).RootElement;
        return project;
    }

    public static async Task<OldProject> FlaskAsync()
    {
        var folder = Copy("flask");
        var project = new OldProject(folder, ("INSTANCE", Path.Combine(folder, "instance")), ("FLASK_APP", "app.py"));
        project.Seeded = JsonDocument.Parse(await project.RunAsync("-m", "flask", "seed")).RootElement;
        return project;
    }

    private static string Copy(string name)
    {
        var (from, to) = (Path.Combine(Repository.Folder, "Accounts.Tests", "Support", name), Directory.CreateTempSubdirectory($"accounts-old-{name}-").FullName);
        foreach (var file in Directory.EnumerateFiles(from, "*.py", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return to;
    }

    /// <summary>Its own server, as a developer starts it.</summary>
    public async Task<Uri> ServeAsync()
    {
        var port = TestSettings.FreePort();
        string[] words = environment.Any(variable => variable.Name == "FLASK_APP") ? ["-m", "flask", "run", "-p", $"{port}"] : ["manage.py", "runserver", "--noreload", $"127.0.0.1:{port}"];
        servers.Add(Start(Python, words));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Until.TrueAsync(async () => await AnswersAsync(http), $"{words[1]} answers");
        return new Uri($"http://localhost:{port}");
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/api/auth/me/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <returns>what it has printed</returns>
    public async Task<string> RunAsync(params string[] words)
    {
        using var process = Start(Python, words);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', words)} failed: run ./test, which sets up what the tests need.\n{await errors}");
        return await output;
    }

    /// <summary>Commands as a page prints them, in its folder, where <c>accounts</c> is the program with the settings of a server.</summary>
    /// <param name="commands">for bash</param>
    /// <param name="server">whose database it is</param>
    /// <param name="settings">of that server</param>
    /// <returns>what they have printed, errors beside it</returns>
    public async Task<string> PasteAsync(string commands, TestServer server, params (string Key, string Value)[] settings)
    {
        var given = TestSettings.For(server.Database.ConnectionString, server.Address.Port, server.MailboxFolder, settings)
            .Select(setting => $"export {Variable(setting.Key)}={Quoted(setting.Value)}");
        using var bash = Start("bash", ["--norc", "-s"], isWritten: true);
        await bash.StandardInput.WriteAsync($$"""
            exec 2>&1
            python3() { {{Python}} "$@"; }
            accounts() (
            {{string.Join('\n', given)}}
            dotnet '{{ServerProcess.Program}}' "$@" </dev/null
            )
            {{commands}}
            """);
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output;
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Variable(string key) => key == "environment" ? "ASPNETCORE_ENVIRONMENT" : key == "urls" ? "ASPNETCORE_URLS" : key.Replace(":", "__", StringComparison.Ordinal);

    private Process Start(string program, string[] words, bool isWritten = false)
    {
        var start = new ProcessStartInfo(program, words) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = isWritten };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
    }
}
