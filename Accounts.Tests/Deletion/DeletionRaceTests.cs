using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Deletion;

/// <summary>Leaving against all that would go on, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "slow")]
public sealed class DeletionRaceTests(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task SE_09_Refreshes_that_race_a_deletion_do_not_outlive_it()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            var sessions = new[] { await nodes.SignInAsync(person), await nodes.SignInAsync(person) };
            using var client = nodes.Client();
            client.Access = sessions[0].Access;
            var racing = sessions.Select(session => nodes.RefreshAsync(session.RefreshCookie!)).ToArray();
            Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
            foreach (var answer in await Task.WhenAll(racing))
            {
                if (answer.RefreshCookie is { Length: > 0 } token)
                {
                    Assert.Equal(401, (await nodes.RefreshAsync(token)).Status);
                }
            }
            Assert.All(await Task.WhenAll(sessions.Select(session => nodes.RefreshAsync(session.RefreshCookie!))), answer => Assert.Equal(401, answer.Status));
        });
    }

    /// <summary>Whole or not at all, whichever comes first.</summary>
    [Fact]
    public async Task LG_06_Of_having_it_back_and_erasing_it_at_once_one_wins()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            using var client = nodes.Client();
            client.Access = (await nodes.SignInAsync(person)).Access;
            Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
            var token = await nodes.Database.PlantErasureAsync(person);
            await nodes.Database.CloseWindowsAsync(person);
            using var other = nodes.Client();
            var (back, erased) = (client.ReturnAsync(person), other.EraseAsync(token));
            var answers = await Task.WhenAll(back, erased);
            if (answers[0].Status == 200)
            {
                answers[1].AssertRefused(400, "invalid_token");
                Assert.Equal(200, (await client.MeAsync(answers[0].Access)).Status);
                Assert.Equal(1, await nodes.Database.UsersAsync(person.Email, "deleted_at IS NULL AND erase_after IS NULL"));
            }
            else
            {
                Assert.Equal(200, answers[1].Status);
                Assert.Contains(answers[0].Status, new[] { 401, 403 });
                await Until.TrueAsync(async () => await nodes.Database.UsersAsync(person.Email) == 0, "it is erased");
            }
        });
    }
}
