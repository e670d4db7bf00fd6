using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>The tests of an app, in Node and in Python, by what they have for it (<c>client/testing</c>).</summary>
[Trait("Pace", "long")]
public sealed class TestingPackageTests(Postgres postgres)
{
    private const string Node = "Accounts.Tests/Support/node", Package = "client/testing";

    [Theory]
    [InlineData("node", $"{Node}/app-tests.mjs"), InlineData("python3", "Accounts.Tests/Support/python/app_tests.py")]
    public async Task An_apps_tests_have_users_mails_time_providers_factors_and_thieves(string program, string script)
    {
        await using var server = await TestServer.StartAsync(postgres);
        await RunAsync(program, script, $"{server.Address}".TrimEnd('/'));
    }

    [Theory]
    [InlineData("node", "--input-type=module", "-e", $"import {{ createTesting }} from './{Package}/testing.js'; await createTesting({{ baseUrl: process.argv[1] }}).user().catch(e => console.log(e.message));")]
    [InlineData("python3", "-B", "-c", $"import sys; sys.path.insert(0, '{Package}'); from accounts_testing import *\ntry: Testing(sys.argv[1]).user()\nexcept TestingError as e: print(e)")]
    public async Task A_server_that_is_not_for_tests_says_what_to_start(string program, params string[] arguments)
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"));
        var said = await RunAsync(program, [.. arguments, $"{server.Address}"]);
        Assert.StartsWith("/dev/testing/user/ is not there: what answers at http://localhost:", said, StringComparison.Ordinal);
        Assert.Contains("Start it by ./run; with another database set Accounts__Dev__Tools=true", said, StringComparison.Ordinal);
    }

    /// <summary>As the examples use them, and nothing that is not there.</summary>
    [Fact]
    public async Task The_types_are_those_of_the_module()
    {
        var names = await RunAsync("node", "--input-type=module", "-e", $$"""
            import * as module from './{{Package}}/testing.js';
            const members = Object.keys(module.createTesting());
            console.log([...Object.keys(module), ...members].sort().join(' '));
            """);
        Assert.Equal("TestingError age authenticator authenticator createTesting mail provider replayStolenToken user", names.Trim());
        await RunAsync("node", $"{Node}/node_modules/typescript/bin/tsc", "--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler",
            "--allowImportingTsExtensions", "Accounts.Tests/Client/uses-testing.ts");
    }

    /// <returns>what it writes; where it fails, that is the failure</returns>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]} failed; ./test sets up what it needs.\n{await output}{await error}");
        return await output;
    }
}
