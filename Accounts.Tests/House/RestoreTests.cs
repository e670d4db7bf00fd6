using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>What <c>docs/production.md</c> says to do with a restored database does what it says.</summary>
[Trait("Pace", "slow")]
public sealed partial class RestoreTests(Postgres postgres)
{
    [Fact]
    public async Task After_a_restore_everybody_signs_in_again_and_nothing_taken_back_lives_again()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var link = await server.Mailbox.TokenAsync(person.Email);
        await server.Database.ExecuteAsync(Statements().Match(Repository.Read("docs/production.md").Split("## Backup and restore")[1]).Groups[1].Value);
        Assert.Equal((401, "revoked"), await RefusalAsync(client.RefreshAsync()));
        Assert.Equal((401, "revoked"), await RefusalAsync(client.MeAsync()));
        Assert.Equal(400, (await client.PostAsync("/api/auth/verify-email/", new { token = link })).Status);
        Assert.Equal(1, await server.Database.CountAsync("users", "sessions_epoch = 1 AND sessions_end_reason = 'user_ended'"));
        Assert.Equal(0, await server.Database.CountAsync("users", "email_verified"));
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }

    private static async Task<(int, string?)> RefusalAsync(Task<Answer> asked)
    {
        var answer = await asked;
        return (answer.Status, answer["reason"]);
    }

    [GeneratedRegex(@"```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Statements();
}
