using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.ProgramTokens;

/// <summary>Tokens for programs at two nodes, which are processes of their own.</summary>
[Trait("Pace", "long")]
public sealed class ProgramTokenNodesTests(Postgres postgres)
{
    [Fact]
    public async Task SG_20_What_is_taken_back_on_one_node_is_refused_on_the_other_at_its_next_use()
    {
        await using var nodes = await Nodes.StartAsync(postgres, ProgramServer.Settings);
        var (one, other) = (nodes.Clients()[0], nodes.Clients()[1]);
        await one.SignInSomebodyAsync();
        await Rounds.RunAsync(4, async () =>
        {
            var (id, token) = await one.MakeTokenAsync();
            await UseAsync(other, token, "true");
            // Used while it goes: until then it is good, and never after.
            var uses = Enumerable.Range(0, 4).Select(_ => Rounds.SoonAsync(() => other.IntrospectAsync(token))).ToArray();
            Assert.Equal(204, (await Rounds.SoonAsync(() => one.RemoveTokenAsync(id))).Status);
            await UseAsync(other, token, "false");
            Assert.All(await Task.WhenAll(uses), use => Assert.Equal(200, use.Status));
        });
        var (_, last) = await one.MakeTokenAsync();
        await UseAsync(other, last, "true");
        Assert.Equal(200, (await one.PostAsync("/api/auth/logout/all/")).Status);
        await UseAsync(other, last, "false");
    }

    [Fact]
    public async Task SG_20_Neither_the_log_nor_a_dump_holds_a_token_or_a_secret_of_a_program()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var process = await ServerProcess.StartAsync(
            database, [.. ProgramServer.Settings, ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Debug")]);
        using var owner = process.Client();
        using var program = process.Client();
        await owner.SignInSomebodyAsync();
        var (_, token) = await owner.MakeTokenAsync();
        Assert.Equal(200, (await program.MeAsync(token)).Status);
        Assert.Equal("true", (await program.IntrospectAsync(token))["active"]);
        var machine = await program.MachineTokenAsync();
        await Until.TrueAsync(() => Task.FromResult(process.Output.Contains("Security event PersonalTokenMade", StringComparison.Ordinal)), "the event is logged");
        var dump = await new TestDatabase(database).DumpAsync();
        foreach (var secret in new[] { token[8..], machine, machine.Split('.')[2], ProgramServer.Billing, ProgramServer.Orders })
        {
            Assert.DoesNotContain(secret, process.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, dump, StringComparison.Ordinal);
        }
    }

    private static async Task UseAsync(ApiClient program, string token, string active)
    {
        Assert.Equal(active == "true" ? 200 : 401, (await program.MeAsync(token)).Status);
        Assert.Equal(active, (await program.IntrospectAsync(token))["active"]);
    }
}
