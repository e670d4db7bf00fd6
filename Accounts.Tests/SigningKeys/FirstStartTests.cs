using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SigningKeys;

/// <summary>Nodes that meet a database before it has a schema, or before it exists, and all want to make it.</summary>
[Trait("Pace", "long")]
public sealed class FirstStartTests(Postgres postgres)
{
    private static readonly int Rounds = Math.Max(1, Support.Rounds.Count / 10);
    private static readonly (string, string) Issuer = ("Accounts:Tokens:Issuer", "https://accounts.example.test");

    [Fact]
    public async Task AT_08_Nodes_started_together_on_an_empty_database_agree_on_one_key()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await AgreeOnAsync(await postgres.CreateEmptyDatabaseAsync());
        }
    }

    [Fact]
    public async Task AT_08_Nodes_started_together_on_a_missing_database_agree_on_one_key()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await AgreeOnAsync(postgres.MissingDatabase());
        }
    }

    private static async Task AgreeOnAsync(string database)
    {
        await using var a = ServerProcess.Launch(database, Issuer);
        await using var b = ServerProcess.Launch(database, Issuer);
        await Task.WhenAll(a.WaitUntilReadyAsync(), b.WaitUntilReadyAsync());
        using var here = a.Client();
        using var there = b.Client();
        Assert.Equal((await here.GetAsync("/.well-known/jwks.json")).Text, (await there.GetAsync("/.well-known/jwks.json")).Text);
        Assert.Equal(1, await a.Database.CountAsync("signing_keys"));
        await here.SignInSomebodyAsync();
        Assert.Equal(200, (await there.MeAsync(here.Access)).Status);
    }
}
