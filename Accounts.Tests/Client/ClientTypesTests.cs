using System.Diagnostics;
using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>The types of the client say what the client has and what the API takes and answers.</summary>
[Trait("Pace", "slow")]
public sealed class ClientTypesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Node = "Accounts.Tests/Support/node";

    private static readonly string Client = Path.Combine(Repository.Folder, "client");

    [Fact]
    public async Task The_types_of_the_API_are_those_of_its_document()
    {
        using var client = shared.Server.Client();
        var document = await client.GetAsync("/openapi/v1.json");
        Assert.Equal(await RunAsync(document.Text, $"{Node}/client-types.mjs"), Repository.Read("client/openapi.d.ts"));
    }

    [Fact]
    public async Task The_client_has_the_members_that_they_have_and_front_ends_that_use_everything_compile_strictly()
    {
        var folder = Directory.CreateTempSubdirectory("accounts-types-").FullName;
        var members = Path.Combine(folder, "members.ts");
        await File.WriteAllTextAsync(members, await RunAsync("", $"{Node}/client-members.mjs", Client));
        var users = Directory.GetFiles(Path.Combine(Repository.Folder, "Accounts.Tests/Client"), "uses-*.ts*");
        Assert.Equal(6, users.Length);
        var project = Path.Combine(folder, "tsconfig.json");
        await File.WriteAllTextAsync(project, Project([members, .. users]));
        await RunAsync("", $"{Node}/node_modules/typescript/bin/tsc", "--project", project);
    }

    /// <summary>As a bundler finds the packages.</summary>
    private static string Project(string[] files)
    {
        var packages = Path.Combine(Repository.Folder, Node, "node_modules");
        return JsonSerializer.Serialize(new
        {
            compilerOptions = new
            {
                strict = true, noEmit = true, target = "es2022", lib = new[] { "es2022", "dom", "dom.iterable" }, module = "esnext", moduleResolution = "bundler",
                allowImportingTsExtensions = true, jsx = "react-jsx", types = Array.Empty<string>(),
                paths = new Dictionary<string, string[]>
                {
                    ["@accounts/client"] = [$"{Client}/accounts.d.ts"],
                    ["@accounts/client/*"] = [$"{Client}/*.d.ts"],
                    ["*"] = [$"{packages}/@types/*", $"{packages}/*"],
                },
            },
            files,
        });
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
