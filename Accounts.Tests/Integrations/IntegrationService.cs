using System.Diagnostics;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;

namespace Accounts.Tests.Integrations;

/// <summary>A service that takes our access tokens by one of the integrations, in the runtime that it is for.</summary>
public sealed class IntegrationService : IAsyncDisposable
{
    /// <summary>Django's by its own views, and those by Django REST framework (<c>rest</c>).</summary>
    public static readonly string[] Names = ["flask", "django", "rest", "express", "aspnetcore"];

    private static readonly string Here = Path.Combine(Repository.Folder, "Accounts.Tests", "Integrations"), Integrations = Path.Combine(Repository.Folder, "integrations");

    private readonly string name;
    private readonly string folder = Directory.CreateTempSubdirectory("accounts-integration-").FullName;
    private readonly int port = TestSettings.FreePort();
    private readonly HttpClient http;
    private readonly JsonObject settings = [];
    private IAsyncDisposable running = null!;

    private IntegrationService(string name)
    {
        this.name = name;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <param name="name">one of <see cref="Names"/></param>
    /// <param name="issuer">whose tokens it takes</param>
    /// <param name="settings">what else it is told, by the names that Python has for it</param>
    /// <param name="users">that Django has, JSON</param>
    public static async Task<IntegrationService> StartAsync(string name, Uri issuer, JsonObject settings, string users = "[]")
    {
        var service = new IntegrationService(name);
        service.settings["issuer"] = issuer.ToString().TrimEnd('/');
        foreach (var (key, value) in settings)
        {
            service.settings[key] = value?.DeepClone();
        }
        await service.StartAsync(users);
        return service;
    }

    private async Task StartAsync(string users)
    {
        if (name == "aspnetcore")
        {
            running = await AspNetCoreService.StartAsync(port, settings);
            return;
        }
        var start = name == "express" ? Node() : Python(name == "flask" ? "flask" : "django");
        start.Environment["PORT"] = $"{port}";
        start.Environment["USERS"] = users;
        start.Environment["DATABASE"] = Database;
        start.Environment["SETTINGS"] = settings.ToJsonString();
        running = await ServiceProcess.StartAsync(start, port);
    }

    // Debian's own interpreter, which its packages serve.
    private static ProcessStartInfo Python(string framework) => new("/usr/bin/python3", [Path.Combine(Here, $"{framework}_service.py")])
    {
        Environment =
        {
            ["PYTHONPATH"] = string.Join(':', new[] { "python", framework }.Select(folder => Path.Combine(Integrations, folder))), ["PYTHONDONTWRITEBYTECODE"] = "1",
        },
    };

    private ProcessStartInfo Node()
    {
        File.Copy(Path.Combine(Here, "express-service.mjs"), Path.Combine(folder, "service.mjs"));
        foreach (var file in new[] { "accounts-express.js", "accounts-ended.js" })
        {
            File.Copy(Path.Combine(Integrations, "express", file), Path.Combine(folder, file));
        }
        File.WriteAllText(Path.Combine(folder, "package.json"), """{"type": "module"}""");
        ServiceProcess.LinkNodePackages(folder);
        return new ProcessStartInfo("node", [Path.Combine(folder, "service.mjs")]);
    }

    private string Database => Path.Combine(folder, "service.sqlite");

    /// <summary>When something was last written to Django's database.</summary>
    public DateTime LastWrite => File.GetLastWriteTimeUtc(Database);

    public Task<Answer> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token is null ? null : $"Bearer {token}");

    /// <param name="method">of the request</param>
    /// <param name="path">of one of the routes</param>
    /// <param name="authorization">the header as it is</param>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(method, name == "django" ? $"/plain{path}" : path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await running.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
