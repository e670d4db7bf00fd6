using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>A reader of tokens that is not ours: npm's jose, or Python's PyJWT, as a small script in Support.</summary>
public sealed class SecondReader
{
    /// <summary>What the scripts exit with when they have read a token and do not accept it; anything else is trouble of their own.</summary>
    private const int Refused = 2;

    private readonly string program;
    private readonly string script;

    private SecondReader(string program, string script)
    {
        this.program = program;
        this.script = Path.Combine(Repository.Folder, "Accounts.Tests", "Support", script);
    }

    // Debian's own interpreter, which its python3-jwt package serves.
    public static SecondReader Of(string language) =>
        language == "node" ? new("node", "node/read-token.mjs") : new("/usr/bin/python3", "python/read_token.py");

    /// <summary>The claims; null when it refuses the token.</summary>
    /// <param name="kind"><c>jwks</c> or <c>issuer</c>: which address it is given</param>
    /// <param name="address">all that it knows of us</param>
    /// <param name="token">to be read</param>
    public async Task<JsonObject?> ReadAsync(string kind, string address, string token)
    {
        using var process = Start(kind, address, token);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode is not (0 or Refused))
        {
            Assert.Fail($"{program} could not read tokens: run ./test, which sets up what the tests need.\n{await error}");
        }
        return process.ExitCode == 0 ? JsonNode.Parse(await output)!.AsObject() : null;
    }

    private Process Start(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, [script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{program} is not installed: run ./test, which sets up what the tests need.");
        }
    }
}
