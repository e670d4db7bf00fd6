using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Tokens;

/// <summary>Who has a token uses it while it is revoked, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "long")]
public sealed class RevocationRaceTests(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task AT_10_A_thief_who_refreshes_while_the_token_is_revoked_keeps_nothing()
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 4, async () =>
        {
            var token = (await nodes.SignInAsync(person)).RefreshCookie!;
            var refreshes = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Rounds.SoonAsync(() => nodes.RefreshAsync(token))));
            var revoked = await Rounds.SoonAsync(() => RevokeAsync(token));
            Assert.True(revoked.Status == 200, revoked.ToString());
            foreach (var answer in (await refreshes).Where(answer => answer.Status == 200))
            {
                (await nodes.RefreshAsync(answer.RefreshCookie ?? token)).AssertRefreshRefused("revoked");
                (await nodes.WithAsync(thief => thief.MeAsync(answer.Access))).AssertAccessRefused("revoked");
            }
            (await nodes.RefreshAsync(token)).AssertRefreshRefused("revoked");
            Assert.Equal(("logout", 1), (await nodes.Session(token).EndAsync(), await nodes.Session(token).EventsAsync("signed_out")));
        });
    }

    [Fact]
    public async Task AT_10_Of_sixteen_revocations_of_one_personal_token_at_once_one_removes_it()
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            using var owner = nodes.Client();
            await owner.SignInAsync(person);
            var (id, token) = await owner.MakeTokenAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RevokeAsync(token)));
            Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
            (await nodes.WithAsync(program => program.MeAsync(token))).AssertAccessRefused("revoked");
            Assert.Equal(0, await nodes.Database.CountAsync("api_tokens", "id = @id", ("id", Guid.Parse(id))));
        });
        Assert.Equal(Rounds.Count, await nodes.Database.EventsAsync(person, "personal_token_removed"));
    }

    private Task<Answer> RevokeAsync(string token) => nodes.WithAsync(client => client.PostAsync("/api/auth/token/revoke/", new { token }));
}
