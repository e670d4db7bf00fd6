using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

public sealed class KeysCommandTests(Postgres postgres)
{
    [Theory]
    [InlineData("revoke nonsense", 1, "There is no signing key nonsense."), InlineData("turn", 2, "Usage: keys list | keys rotate | keys revoke KID")]
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
    public async Task AT_07_The_shipped_server_has_the_keys_command_too()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var run = await ServerProcess.RunAsync(["keys", "list"], connection, ("environment", "Production"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  Active     from ", run.Output, StringComparison.Ordinal);
    }
}
