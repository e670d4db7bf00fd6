using System.Diagnostics;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
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

    [GeneratedRegex(@"## A first session.*?```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Session();

    [GeneratedRegex(@"^# .*: (\d{3})\b", RegexOptions.Multiline)]
    private static partial Regex Promise();

    [GeneratedRegex(@"^\{.*\} (\d{3})$", RegexOptions.Multiline)]
    private static partial Regex Answered();
}
