using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Accounts.Tests.Tokens;
using Xunit;

namespace Accounts.Tests.Integrations;

/// <summary>What the README of an integration shows is a service that works.</summary>
[Trait("Pace", "long")]
public sealed partial class IntegrationReadmeTests(IntegrationFixture shared) : IClassFixture<IntegrationFixture>, IDisposable
{
    private const string Settings = """
        SECRET_KEY = "used for nothing here"
        ROOT_URLCONF = "urls"
        ALLOWED_HOSTS = ["127.0.0.1"]
        INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
        DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}

        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
          <ItemGroup><ProjectReference Include="{0}/aspnetcore/Accounts.AspNetCore.csproj" /></ItemGroup>
        </Project>
        """;

    private static readonly string Integrations = Path.Combine(Repository.Folder, "integrations");

    private readonly string folder = Directory.CreateTempSubdirectory("accounts-readme-").FullName;
    private readonly int port = TestSettings.FreePort();

    [Theory]
    [InlineData("flask"), InlineData("django"), InlineData("express"), InlineData("aspnetcore")]
    public async Task The_first_service_of_the_README_works(string name)
    {
        var blocks = Block().Matches(Repository.Read($"integrations/{name}/README.md"))
            .Select(block => block.Groups[1].Value.Replace("http://localhost:8000", $"{shared.Server.Address}".TrimEnd('/'), StringComparison.Ordinal)).ToArray();
        await using var service = await ServiceProcess.StartAsync(await SetUpAsync(name, blocks), port);
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        var token = Forge.For(shared.Server, client.Access!).WithClaim("legacy_id", "1");
        Assert.Equal(401, (await GetAsync("/whoami", null)).Status);
        var answer = await GetAsync("/whoami", token);
        Assert.True((answer.Status, answer["roles"]) == (200, "[]"), $"{answer}");
        Assert.Equal(name == "django" ? "1" : AccessTokenText.ClaimsOf(token).GetProperty("sub").GetString(), answer["user"]);
        answer = await GetAsync("/payouts", token);
        Assert.True((answer.Status, answer["code"]) == (401, "reauthentication_required"), $"{answer}");
    }

    private async Task<ProcessStartInfo> SetUpAsync(string name, string[] blocks)
    {
        switch (name)
        {
            case "flask":
                Copy("python", "flask");
                Write("app.py", blocks[0]);
                return Start("/usr/bin/python3", "-m", "flask", "--app", "app", "run", "--port", $"{port}");
            case "django":
                Copy("python", "django");
                Write("settings.py", Settings + blocks[0]);
                Write("urls.py", blocks[1]);
                await RunAsync(Start("/usr/bin/python3", "-m", "django", "migrate"));
                await RunAsync(Start("/usr/bin/python3", "-m", "django", "createsuperuser", "--noinput", "--username", "ann", "--email", "ann@example.test"));
                return Start("/usr/bin/python3", "-m", "django", "runserver", "--noreload", $"127.0.0.1:{port}");
            case "express":
                Copy("express");
                Write("server.js", blocks[0]);
                ServiceProcess.LinkNodePackages(folder);
                return Start("node", "server.js");
            default:
                Write("Program.cs", blocks[0]);
                Write("Service.csproj", string.Format(null, Project, Integrations));
                await RunAsync(Start("dotnet", "build", "-o", "built", "--nologo", "-v", "quiet"));
                return Start("dotnet", "built/Service.dll", $"--urls=http://127.0.0.1:{port}");
        }
    }

    private void Copy(params string[] integrations)
    {
        foreach (var file in integrations.SelectMany(name => Directory.EnumerateFiles(Path.Combine(Integrations, name))))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    private ProcessStartInfo Start(string program, params string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = folder,
        Environment = { ["PORT"] = $"{port}", ["PYTHONPATH"] = folder, ["DJANGO_SETTINGS_MODULE"] = "settings" },
    };

    private static async Task RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{await output}{await errors}");
    }

    private async Task<Answer> GetAsync(string path, string? token)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync(path);
        return await Answer.ReadAsync(response);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex(@"^```(?:python|js|csharp)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
