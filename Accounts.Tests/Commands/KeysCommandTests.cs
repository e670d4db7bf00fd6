using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

[Trait("Pace", "long")]
public sealed class KeysCommandTests(Postgres postgres)
{
    [Theory]
    [InlineData("revoke nonsense", 1, "There is no signing key nonsense."), InlineData("revoke -hyphen", 1, "There is no signing key -hyphen.")]
    [InlineData("list", 0, "  Active     from "), InlineData("rotate", 0, "  Announced  from ")]
    public async Task AT_07_The_keys_command_does_what_it_says_or_says_what_is_wrong(string words, int code, string output)
    {
        await using var run = await ServerProcess.RunAsync(["keys", .. words.Split(' ')], await postgres.CreateDatabaseAsync());
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(output, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        Assert.Equal(words == "rotate" ? 2 : 1, await run.Database.CountAsync("signing_keys", "revoked_at IS NULL"));
    }

    [Fact]
    public async Task AT_07_The_key_that_signs_is_taken_back_and_another_signs()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var list = await ServerProcess.RunAsync(["keys", "list"], connection);
        var key = list.Output.Trim().Split(' ')[0];
        await using var revoke = await ServerProcess.RunAsync(["keys", "revoke", key], connection);
        Assert.Equal((0, true, false), (revoke.ExitCode, revoke.Output.Contains("  Active     from ", StringComparison.Ordinal), revoke.Output.Contains(key, StringComparison.Ordinal)));
        Assert.Equal(1, await revoke.Database.CountAsync("signing_keys", "id = @key AND revoked_at IS NOT NULL", ("key", key)));
    }

    [Fact]
    public async Task AT_07_As_JSON_they_are_one_document()
    {
        await using var server = await TestServer.StartAsync(postgres);
        var key = Assert.Single((await server.DoneAsync("keys", "list", "--json")).Json.GetProperty("keys").EnumerateArray().ToArray());
        Assert.Equal(["kid", "state", "active_from"], key.EnumerateObject().Select(member => member.Name));
        Assert.Equal("active", key.GetProperty("state").GetString());
        Assert.Equal(1, await server.Database.CountAsync("signing_keys", "id = @kid", ("kid", key.GetProperty("kid").GetString()!)));
        var refused = await server.CommandAsync("keys", "revoke", "nonsense", "--json");
        using var error = JsonDocument.Parse(refused.Errors);
        Assert.Equal((1, "", "There is no signing key nonsense."), (refused.ExitCode, refused.Output, error.RootElement.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task AT_07_The_shipped_server_has_the_keys_command_too()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var run = await ServerProcess.RunAsync(["keys", "list"], connection, ("environment", "Production"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  Active     from ", run.Output, StringComparison.Ordinal);
    }
}
