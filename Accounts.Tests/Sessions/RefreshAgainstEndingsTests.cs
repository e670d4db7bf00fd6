using Accounts.Tests.Deletion;
using Accounts.Tests.EmailChange;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Whoever has the cookie refreshes while its session is ended, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "slow")]
public sealed class RefreshAgainstEndingsTests(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    [Theory]
    [InlineData("logout"), InlineData("logout everywhere"), InlineData("its end from another"), InlineData("a new password"), InlineData("a new password, and on"), InlineData("a reset")]
    [InlineData("another address"), InlineData("another address, and on"), InlineData("a deletion")]
    public async Task SE_11_Scenario_5_No_refresh_that_races_the_end_of_its_session_outlives_it(string end)
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            using var client = nodes.Client();
            await client.SignInAsync(person);
            var token = client.RefreshCookie!;
            var act = await PrepareAsync(end, client, person);
            var (refreshing, ending) = (Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Rounds.SoonAsync(() => nodes.RefreshAsync(token)))), Rounds.SoonAsync(act));
            var ended = await ending;
            Assert.True(ended.Status is 200 or 204, ended.ToString());
            await AssertDeadAsync(token, await refreshing);
            await AssertGoesOnAsync(token, ended, end.EndsWith("and on", StringComparison.Ordinal));
            Assert.Equal(0, await nodes.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
        });
    }

    /// <summary>Without the cookie nothing is to go on.</summary>
    private async Task<Func<Task<Answer>>> PrepareAsync(string end, ApiClient client, Person person)
    {
        if (!end.StartsWith("logout", StringComparison.Ordinal) && !end.EndsWith("and on", StringComparison.Ordinal))
        {
            client.Cookies.Clear();
        }
        switch (end)
        {
            case "logout":
                return client.LogoutAsync;
            case "logout everywhere":
                return () => client.LogoutAllAsync(keepCurrent: false);
            case "its end from another":
                var own = await nodes.SignInAsync(person);
                var victim = AccessTokenText.ClaimsOf(client.Access!).GetProperty("sid").GetGuid();
                client.Access = own.Access;
                return () => client.EndSessionAsync(victim);
            case "a new password" or "a new password, and on":
                return () => client.ChangePasswordAsync(person.Password, Some.OtherPassword);
            case "a reset":
                var reset = await nodes.Database.PlantResetAsync(person);
                return () => client.ResetAsync(reset);
            case "a deletion":
                return () => client.DeleteAccountAsync(person.Password);
            default:
                var change = await nodes.Database.PlantChangeAsync(person, Some.Email());
                return () => client.ConfirmChangeAsync(change);
        }
    }

    /// <summary>Whatever the refreshes brought, and what they were made with; and nothing that is tried afterwards makes a new one.</summary>
    private async Task AssertDeadAsync(string token, Answer[] refreshes)
    {
        var generation = await nodes.Session(token).GenerationAsync();
        Assert.InRange(generation, 0, 1);
        foreach (var answer in refreshes)
        {
            Assert.True(answer.Status is 200 or 401, answer.ToString());
            if (answer.Status == 200)
            {
                (await nodes.RefreshAsync(answer.RefreshCookie ?? token)).AssertRefreshRefused("revoked");
                (await nodes.WithAsync(client => client.MeAsync(answer.Access))).AssertAccessRefused("revoked");
            }
        }
        (await nodes.RefreshAsync(token)).AssertRefreshRefused("revoked");
        Assert.Equal(generation, await nodes.Session(token).GenerationAsync());
    }

    /// <summary>In a session of its own, for who has shown to be the user.</summary>
    private async Task AssertGoesOnAsync(string token, Answer ended, bool goesOn)
    {
        Assert.Equal(goesOn, ended.RefreshCookie is { Length: > 0 });
        if (goesOn)
        {
            Assert.NotEqual(TokenText.SessionOf(token), TokenText.SessionOf(ended.RefreshCookie!));
            Assert.Equal(200, (await nodes.RefreshAsync(ended.RefreshCookie!)).Status);
        }
    }
}
