using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.History;

/// <summary>The log that is kept elsewhere has what whoever owns the database cannot take back.</summary>
[Trait("Pace", "slow")]
public sealed partial class LoggedHeadTests(Postgres postgres)
{
    [Fact]
    public async Task HI_02_A_head_is_in_the_log_as_the_server_ships_and_the_command_takes_it_from_there()
    {
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), ("environment", "Production"), ("Logging:LogLevel:Default", "Information"));
        await Until.TrueAsync(() => Task.FromResult(Head().IsMatch(server.Output)), "the beginning is signed, and told");
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        var verified = await ServerProcess.RunAsync(
            ["events", "verify", "--head", Head().Match(server.Output).Value], server.Database.ConnectionString, ("environment", "Production"));
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Contains("It has in it what it had when 0 was signed", verified.Output, StringComparison.Ordinal);
        await verified.DisposeAsync();
    }

    /// <summary>A JWS; the header of every one begins by the same letters.</summary>
    [GeneratedRegex(@"eyJhbGciOiJFUzI1NiIs[\w-]+\.[\w-]+\.[\w-]{86}")]
    private static partial Regex Head();
}
