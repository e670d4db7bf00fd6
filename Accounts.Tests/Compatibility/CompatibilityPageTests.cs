using System.Diagnostics;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary><c>docs/compatibility.md</c> says what is so.</summary>
public sealed partial class CompatibilityPageTests(Postgres postgres)
{
    private static readonly TimeSpan LongestSession = TimeSpan.FromMinutes(1);

    private readonly string page = Repository.Read("docs/compatibility.md");

    [Fact]
    public async Task The_session_can_be_pasted_and_answers_what_it_promises()
    {
        await using var server = await TestServer.StartAsync(postgres, EveryLibrary.Enabled);
        var session = Session().Match(page).Groups[1].Value;
        var output = await PasteAsync(session.Replace("http://localhost:8000", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));
        var promised = Promise().Matches(session).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(11, promised.Length);
        Assert.True(promised.SequenceEqual(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[^3..])), output);
        Assert.Equal((1, 2), (await server.Database.CountAsync("users", "username = 'ada'"), await server.Database.CountAsync("sessions", "end_reason = 'logout'")));
    }

    [Fact]
    public void Every_path_stands_on_the_page() => Assert.All(
        Repository.Read("Accounts.Tests/Compatibility/aliases.txt").Trim().Split('\n').Select(line => line.Split(' ')[1]),
        path => Assert.Contains(path.Replace("/dj-rest-auth/", "", StringComparison.Ordinal).Replace("/djoser/", "", StringComparison.Ordinal).Replace("/api/token", "token", StringComparison.Ordinal), page, StringComparison.Ordinal));

    private static async Task<string> PasteAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        var output = bash.StandardOutput.ReadToEndAsync();
        try
        {
            await bash.WaitForExitAsync().WaitAsync(LongestSession);
        }
        catch (TimeoutException)
        {
            bash.Kill(entireProcessTree: true);
        }
        return await output;
    }

    [GeneratedRegex(@"## A session with each.*?```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Session();

    [GeneratedRegex(@"^# .*: (\d{3})$", RegexOptions.Multiline)]
    private static partial Regex Promise();
}
