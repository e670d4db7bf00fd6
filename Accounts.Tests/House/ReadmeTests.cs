using System.Diagnostics;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>The README says what is so.</summary>
public sealed partial class ReadmeTests(Postgres postgres)
{
    private static readonly TimeSpan LongestSession = TimeSpan.FromMinutes(1);

    private readonly string readme = Repository.Read("README.md");

    [Fact]
    public async Task The_first_session_can_be_pasted_and_answers_what_it_promises()
    {
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync());
        var session = Session().Match(readme).Groups[1].Value;
        var (exitCode, output, errors) = await PasteAsync(session.Replace("http://localhost:8000", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));
        var promised = Promise().Matches(session).Select(match => match.Groups[1].Value).ToArray();
        Assert.True(promised.Length == 7, $"{promised.Length} steps");
        Assert.True(promised.SequenceEqual(Answered().Matches(output).Select(match => match.Groups[1].Value)), output);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(1, await server.Database.CountAsync("users", "username = 'ada' AND email_verified"));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "generation = 1 AND end_reason = 'logout'"));
    }

    [Fact]
    public async Task The_table_of_endpoints_has_every_action_and_no_other()
    {
        await using var server = await TestServer.StartAsync(postgres);
        var actions = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(Routes);
        var listed = Row("GET|POST|PUT|PATCH|DELETE").Matches(readme).SelectMany(match => Path().Matches(match.Value)
            .Select(path => $"{match.Groups[1].Value} {path.Value.TrimEnd('/')}"));
        Assert.Equal(actions.Append("GET /healthz").Append("GET /readyz").Order(StringComparer.Ordinal).Distinct(), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_settings_has_every_line_of_the_example_and_no_other()
    {
        var listed = Row("ConnectionStrings__|Accounts__").Matches(readme).Select(match => match.Value.Split('`')[1]);
        var example = EnvExample.Entries().Select(entry => entry.Key);
        Assert.Equal(example, listed);
    }

    /// <summary>Pages and Development's tools are told of elsewhere; HEAD goes where GET does.</summary>
    private static IEnumerable<string> Routes(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null || endpoint.Metadata.GetMetadata<ApiExplorerSettingsAttribute>() is { IgnoreApi: true })
        {
            return [];
        }
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods;
        return methods.Where(method => method != "HEAD").Select(method => $"{method} /{endpoint.RoutePattern.RawText}");
    }

    private static async Task<(int ExitCode, string Output, string Errors)> PasteAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        try
        {
            await bash.WaitForExitAsync().WaitAsync(LongestSession);
        }
        catch (TimeoutException)
        {
            bash.Kill(entireProcessTree: true);
        }
        await bash.WaitForExitAsync();
        return (bash.ExitCode, await output, await errors);
    }

    private static Regex Row(string start) => new($@"^\| `({start}).*?\|", RegexOptions.Multiline);

    [GeneratedRegex(@"## A first session.*?```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Session();

    [GeneratedRegex(@"^# .*: (\d{3})\b", RegexOptions.Multiline)]
    private static partial Regex Promise();

    [GeneratedRegex(@"^\{.*\} (\d{3})$", RegexOptions.Multiline)]
    private static partial Regex Answered();

    [GeneratedRegex(@"/[a-z./{}-]+")]
    private static partial Regex Path();
}
