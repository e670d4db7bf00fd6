using System.Diagnostics;
using System.Text.Json;
using Accounts.Api.Commands;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>What the shipped program makes of its arguments. None of these runs has a database, or any setting at all.</summary>
public sealed class CommandLineTests(Postgres postgres)
{
    [Theory]
    [InlineData("nonsense", "Unrecognized command or argument 'nonsense'."), InlineData("key list", "Unrecognized command or argument 'key'.")]
    [InlineData("keys", "Required command was not provided."), InlineData("keys lst", "Unrecognized command or argument 'lst'.")]
    [InlineData("keys revoke", "Required argument 'KID' missing for command: 'revoke'."), InlineData("keys list all", "Unrecognized command or argument 'all'.")]
    [InlineData("-x", "Unrecognized command or argument '-x'."), InlineData("--urls=http://localhost:1 nonsense", "Unrecognized command or argument 'nonsense'.")]
    public async Task Words_that_mean_nothing_are_told_with_what_would_on_standard_error(string words, string mistake)
    {
        var (code, output, errors) = await RunAsync(words.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(mistake, errors, StringComparison.Ordinal);
        Assert.Contains($"Usage:\n  Accounts.Api {(words.StartsWith("keys", StringComparison.Ordinal) ? "keys" : "[command]")}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_forgets_a_word_is_shown_which_there_are()
    {
        Assert.Contains("  revoke <KID>  ", (await RunAsync("keys")).Errors, StringComparison.Ordinal);
        Assert.Contains("'lst' was not matched. Did you mean one of the following?\nlist", (await RunAsync("keys", "lst")).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "  keys  "), InlineData("-h", "  keys  "), InlineData("keys --help", "  revoke <KID>  "), InlineData("keys revoke --help", "  <KID>  ")]
    [InlineData("--help", "  create-admin <EMAIL>  "), InlineData("users --help", "  set-roles <WHO> <ROLE>  "), InlineData("events list --help", "--limit")]
    public async Task Help_is_what_was_asked_for_and_no_mistake(string words, string expected)
    {
        var (code, output, errors) = await RunAsync(words.Split(' '));
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_version_is_the_assemblys()
    {
        var (code, output, errors) = await RunAsync("--version");
        Assert.Equal((0, ""), (code, errors));
        var version = typeof(CommandLine).Assembly.GetName().Version!.ToString(3);
        Assert.True(output.Trim() == version || output.StartsWith($"{version}+", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task A_command_takes_settings_as_arguments_too()
    {
        var (code, output, errors) = await RunAsync(
            "keys", "list", $"--ConnectionStrings:Accounts={await postgres.CreateDatabaseAsync()}", "--Accounts:SecretKey", TestSettings.SecretKey,
            "Accounts:Mail:SmtpUrl=smtp://localhost:1?tls=none", "--environment=Production");
        Assert.True((code, errors) == (0, ""), errors);
        Assert.Contains("  Active     from ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RE_08_The_first_administrator_of_an_empty_database_is_made_and_what_is_logged_meanwhile_stands_apart()
    {
        var connection = await postgres.CreateEmptyDatabaseAsync();
        string[] settings = [$"--ConnectionStrings:Accounts={connection}", $"--Accounts:SecretKey={TestSettings.SecretKey}", "Accounts:Mail:SmtpUrl=smtp://localhost:1?tls=none", "--environment=Production"];
        var (code, output, errors) = await RunAsync(["create-admin", "ann@example.test", "--json", .. settings]);
        Assert.True(code == 0, errors);
        using var made = JsonDocument.Parse(output);
        var token = CommandSteps.TokenOf(made.RootElement.GetProperty("link").GetString()!);
        Assert.NotEqual("", token);
        Assert.Contains("Security event AdministratorMade", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(token, errors, StringComparison.Ordinal);
        // No server runs that would number it.
        var (listed, lines, _) = await RunAsync(["events", "list", "--json", .. settings]);
        Assert.Equal(0, listed);
        Assert.Equal(["An operator: administrator_made", "An operator: user_created"], lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Select(entry => $"{entry.GetProperty("device").GetString()}: {entry.GetProperty("kind").GetString()}").Order());
        var (refused, nothing, sentence) = await RunAsync(["users", "deactivate", "ann", .. settings]);
        Assert.Equal((1, "", "This is the last administrator. Make somebody else one first."), (refused, nothing, sentence.Trim()));
    }

    [Fact]
    public async Task A_command_with_an_option_that_there_is_none_of_does_nothing()
    {
        var connection = await postgres.CreateEmptyDatabaseAsync();
        var (code, _, _) = await RunAsync("keys", "rotate", $"--ConnectionStrings:Accounts={connection}", "--Accounts:SecretKey", TestSettings.SecretKey, "--dry-run", "--yes");
        Assert.Equal((2, 0), (code, await new TestDatabase(connection).CountAsync("pg_tables", "schemaname = 'public'")));
    }

    [Theory]
    [InlineData("", ""), InlineData("--urls http://localhost:1", ""), InlineData("--urls=http://localhost:1 /Accounts:X=Y Accounts:Z=", "")]
    [InlineData("/urls http://localhost:1 keys list", "keys list"), InlineData("keys revoke --abc", "keys revoke --abc"), InlineData("keys revoke -a", "keys revoke -a")]
    [InlineData("--help keys", "--help keys"), InlineData("keys revoke -- --abc", "keys revoke -- --abc"), InlineData("--version", "--version"), InlineData("-a=b", "-a=b")]
    [InlineData("--LOGGING:LogLevel:Default Debug --environment Production --http_ports=1 X=Y", ""), InlineData("keys rotate --dry-run --yes", "keys rotate --dry-run --yes")]
    [InlineData("create-admin a=b@example.test", "create-admin a=b@example.test"), InlineData("users deactivate ann --reason x=y --urls=http://localhost:1", "users deactivate ann --reason x=y")]
    [InlineData("keys list Accounts:X=Y --Accounts:Z=W", "keys list"), InlineData("X=Y users list --search=ann", "users list --search=ann")]
    [InlineData("--dry-run x", "--dry-run x"), InlineData("--dry-run=true", "--dry-run=true"), InlineData("/dry-run x", "/dry-run x"), InlineData("--urlsx x", "--urlsx x")]
    public void Settings_are_told_apart_from_words_and_what_is_neither_is_no_setting(string args, string expected)
    {
        var all = args.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (settings, words) = Arguments.Split(all);
        Assert.Equal(expected, string.Join(' ', words));
        Assert.Equal(all.Except(words), settings);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Accounts.Api.dll"), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
