using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>The types of the client say what the client has and what the API takes and answers.</summary>
[Trait("Pace", "slow")]
public sealed class ClientTypesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Node = "Accounts.Tests/Support/node";

    private static readonly string Client = Path.Combine(Repository.Folder, "client");

    private static readonly string[] Strictly =
        ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom,dom.iterable", "--module", "esnext", "--moduleResolution", "bundler", "--allowImportingTsExtensions"];

    [Fact]
    public async Task The_types_of_the_API_are_those_of_its_document()
    {
        using var client = shared.Server.Client();
        var document = await client.GetAsync("/openapi/v1.json");
        Assert.Equal(await RunAsync(document.Text, $"{Node}/client-types.mjs"), Repository.Read("client/openapi.d.ts"));
    }

    [Fact]
    public async Task The_client_has_the_members_that_they_have_and_a_front_end_that_uses_everything_compiles_strictly()
    {
        var members = Path.Combine(Directory.CreateTempSubdirectory("accounts-types-").FullName, "members.ts");
        await File.WriteAllTextAsync(members, await RunAsync("", $"{Node}/client-members.mjs", Client));
        await RunAsync("", $"{Node}/node_modules/typescript/bin/tsc", [.. Strictly, members, Path.Combine(Repository.Folder, "Accounts.Tests/Client/uses-everything.ts"), Path.Combine(Client, "server.d.ts")]);
    }

    /// <returns>what it writes; where it fails, that is the failure</returns>
    private static async Task<string> RunAsync(string input, string script, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Folder, script), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.StandardInput.WriteAsync(input);
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"{script} failed; ./test sets up what it needs.\n{await output}{await error}");
        return await output;
    }
}
