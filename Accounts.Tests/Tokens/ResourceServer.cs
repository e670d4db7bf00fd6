using System.Diagnostics;
using System.Net.Http.Headers;
using Accounts.Tests.Support;

namespace Accounts.Tests.Tokens;

/// <summary>A service from <c>docs/examples</c>, run as its reader would run it: it knows the issuer's address and nothing else of us.</summary>
public sealed class ResourceServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient http;
    private readonly string folder;
    private readonly Task<string> output, errors;

    private ResourceServer(Process process, int port, string folder)
    {
        (this.process, this.folder) = (process, folder);
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public static async Task<ResourceServer> StartAsync(string example, Uri issuer, params (string Key, string Value)[] settings)
    {
        var port = TestSettings.FreePort();
        var folder = Directory.CreateTempSubdirectory("accounts-example-").FullName;
        var start = Command(example, port, folder);
        foreach (var (key, value) in settings.Append(("ISSUER", issuer.ToString().TrimEnd('/'))))
        {
            start.Environment[key] = value;
        }
        var started = new ResourceServer(Process.Start(start)!, port, folder);
        await Until.TrueAsync(started.AnswersAsync, $"{example} answers");
        return started;
    }

    private static ProcessStartInfo Command(string example, int port, string folder) => example switch
    {
        "express" => Start("node", CopyWithPackages(folder), ("PORT", $"{port}")),
        "django" => Start("/usr/bin/python3", [Source("django/manage.py"), "runserver", "--noreload", $"127.0.0.1:{port}"],
            ("DJANGO_SECRET_KEY", "used for nothing here"), ("PYTHONDONTWRITEBYTECODE", "1")),
        "aspnetcore" => Start("dotnet", [Built("aspnetcore", "ResourceServer.dll")], ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}")),
        _ => throw new ArgumentException(example),
    };

    private static ProcessStartInfo Start(string program, string[] arguments, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }
        return start;
    }

    private static string Source(string file) => Path.Combine(Repository.Folder, "docs", "examples", file);

    /// <summary>Node looks for packages beside the program: there are those that ./test has installed.</summary>
    private static string[] CopyWithPackages(string folder)
    {
        File.Copy(Source("express/package.json"), Path.Combine(folder, "package.json"));
        File.Copy(Source("express/server.js"), Path.Combine(folder, "server.js"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(Repository.Folder, "Accounts.Tests", "Support", "node", "node_modules"));
        return [Path.Combine(folder, "server.js")];
    }

    /// <summary>In the configuration that the tests are built in.</summary>
    private static string Built(string example, string program) =>
        Source(Path.Combine(example, Path.GetRelativePath(Path.Combine(Repository.Folder, "Accounts.Tests"), AppContext.BaseDirectory), program));

    private async Task<bool> AnswersAsync()
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The example has ended: run ./test, which sets up what the tests need.\n{await output}{await errors}");
        }
        try
        {
            using var answer = await http.GetAsync("/whoami");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
