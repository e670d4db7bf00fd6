using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Deletion;

/// <summary>Tabs, and whoever copied their cookie, refresh while the account is deleted, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "slow")]
public sealed class RefreshAgainstDeletionTests(TwoNodes fixture)
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
            var racing = Task.WhenAll(sessions.Select(session => Rounds.SoonAsync(() => nodes.RefreshAsync(session.RefreshCookie!))));
            Assert.Equal(204, (await Rounds.SoonAsync(() => client.DeleteAccountAsync(person.Password))).Status);
            foreach (var answer in await racing)
            {
                Assert.True(answer.Status is 200 or 401, answer.ToString());
                if (answer.Status == 200)
                {
                    (await nodes.RefreshAsync(answer.RefreshCookie!)).AssertRefreshRefused("revoked");
                    (await nodes.WithAsync(other => other.MeAsync(answer.Access))).AssertAccessRefused("revoked");
                }
            }
            Assert.All(await Task.WhenAll(sessions.Select(session => nodes.RefreshAsync(session.RefreshCookie!))), answer => answer.AssertRefreshRefused("revoked"));
            Assert.Equal(0, await nodes.Database.LiveSessionsAsync(person));
        });
    }

    [Fact]
    public async Task SE_09_Sign_ins_that_race_a_deletion_do_not_outlive_it()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            using var client = nodes.Client();
            await client.SignInAsync(person);
            var racing = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Rounds.SoonAsync(() => nodes.WithAsync(other => other.LoginAsync(person)))));
            Assert.Equal(204, (await Rounds.SoonAsync(() => client.DeleteAccountAsync(person.Password))).Status);
            foreach (var answer in await racing)
            {
                Assert.True(answer.Status is 200 or 401 or 403, answer.ToString());
                if (answer.Status == 200)
                {
                    (await nodes.RefreshAsync(answer.RefreshCookie!)).AssertRefreshRefused("revoked");
                }
            }
            Assert.Equal((0, 1), (await nodes.Database.LiveSessionsAsync(person), await nodes.Database.UsersAsync(person.Email, "deleted_at IS NOT NULL")));
        });
    }
}
