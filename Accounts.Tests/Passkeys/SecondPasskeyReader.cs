using System.Diagnostics;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>A relying party that is not ours: npm's @simplewebauthn/server, as a small script in Support.</summary>
internal static class SecondPasskeyReader
{
    /// <param name="origin">of the page</param>
    /// <param name="registration">what we asked, and what the browser answered</param>
    /// <param name="authentication">the same of a sign-in</param>
    /// <returns>what it has read</returns>
    public static async Task<JsonObject> ReadAsync(
        string origin, (JsonNode Options, JsonObject Response) registration, (JsonNode Options, JsonObject Response) authentication)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Folder, "Accounts.Tests/Support/node/read-passkey.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        var ceremonies = new JsonObject { ["origin"] = origin, ["registration"] = Written(registration), ["authentication"] = Written(authentication) };
        await node.StandardInput.WriteAsync(ceremonies.ToJsonString());
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await error);
        return JsonNode.Parse(await output)!.AsObject();
    }

    private static JsonObject Written((JsonNode Options, JsonObject Response) ceremony) =>
        new() { ["options"] = ceremony.Options.DeepClone(), ["response"] = ceremony.Response.DeepClone() };
}
