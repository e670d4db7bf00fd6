using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Whatever ends a session, against whatever keeps or opens one.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "slow")]
public sealed class RaceTestsOfEndings(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task SE_11_A_refresh_racing_a_logout_does_not_outlive_it()
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 4, async () =>
        {
            var token = (await nodes.SignInAsync(person)).RefreshCookie!;
            var (refreshes, logout) = (Task.WhenAll(Rounds.SoonAsync(() => nodes.RefreshAsync(token)), Rounds.SoonAsync(() => nodes.RefreshAsync(token))), Rounds.SoonAsync(() => LogoutAsync(token)));
            Assert.Equal(200, (await logout).Status);
            foreach (var answer in await refreshes)
            {
                await AssertDeadAsync(answer, token);
            }
            Assert.Equal("logout", await nodes.Session(token).EndAsync());
            Assert.Equal(1, await nodes.Session(token).EventsAsync("signed_out"));
        });
        Assert.Equal(0, await nodes.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
    }

    [Fact]
    public async Task A_sign_in_racing_a_deactivation_does_not_outlive_it()
    {
        await Rounds.RunAsync(atOnce: 4, async () =>
        {
            var person = await nodes.RegisterAsync();
            var token = (await nodes.SignInAsync(person)).RefreshCookie!;
            var racing = Task.WhenAll(Rounds.SoonAsync(() => LoginAsync(person)), Rounds.SoonAsync(() => LoginAsync(person)), Rounds.SoonAsync(() => nodes.RefreshAsync(token)));
            await Rounds.SoonAsync(() => DeactivateAsync(TokenText.UserOf(token)));
            foreach (var answer in await racing)
            {
                await AssertDeadAsync(answer, token);
            }
            Assert.Equal(0, await LiveSessionsAsync(token));
        });
    }

    [Fact]
    public async Task A_sign_in_that_waits_behind_a_deactivation_fails()
    {
        var person = await nodes.RegisterAsync();
        var token = (await nodes.SignInAsync(person)).RefreshCookie!;
        await using var deactivation = await HeldTransaction.BeginAsync(nodes.Database);
        await deactivation.DeactivateAsync(TokenText.UserOf(token));
        var login = LoginAsync(person);
        await Until.TrueAsync(async () => await nodes.Database.BlockedAsync() == 1, "the sign-in waits for the user's row");
        await deactivation.CommitAsync();
        Assert.Equal((401, "invalid_credentials"), ((await login).Status, (await login)["code"]));
        Assert.Equal(0, await LiveSessionsAsync(token));
    }

    [Fact]
    public async Task A_refresh_that_waits_behind_a_deactivation_fails()
    {
        var token = (await nodes.SignInAsync(await nodes.RegisterAsync())).RefreshCookie!;
        await using var deactivation = await HeldTransaction.BeginAsync(nodes.Database);
        await deactivation.DeactivateAsync(TokenText.UserOf(token));
        var refresh = nodes.RefreshAsync(token);
        await Until.TrueAsync(async () => await nodes.Database.BlockedAsync() == 1, "the refresh waits for the session's row");
        await deactivation.CommitAsync();
        (await refresh).AssertRefreshRefused("revoked");
        await nodes.Session(token).AssertAsync(generation: 0, "user_ended");
    }

    [Fact]
    public async Task A_sign_in_whose_password_was_checked_against_an_older_stamp_fails()
    {
        var person = await nodes.RegisterAsync();
        var token = (await nodes.SignInAsync(person)).RefreshCookie!;
        await using var reset = await HeldTransaction.BeginAsync(nodes.Database);
        await reset.ExecuteAsync("UPDATE users SET security_stamp = 'another' WHERE id = @id", ("id", TokenText.UserOf(token)));
        var login = LoginAsync(person);
        await Until.TrueAsync(async () => await nodes.Database.BlockedAsync() == 1, "the sign-in waits for the user's row");
        await reset.CommitAsync();
        Assert.Equal((401, "invalid_credentials"), ((await login).Status, (await login)["code"]));
        Assert.Equal(1, await LiveSessionsAsync(token));
    }

    /// <summary>What an answer brought, if it brought anything, is worth nothing.</summary>
    private async Task AssertDeadAsync(Answer answer, string token)
    {
        Assert.True(answer.Status is 200 or 401, answer.ToString());
        if (answer.Status == 200)
        {
            (await nodes.RefreshAsync(answer.RefreshCookie ?? token)).AssertRefreshRefused("revoked");
            using var client = nodes.Client();
            (await client.MeAsync(answer.Access)).AssertAccessRefused("revoked");
        }
        (await nodes.RefreshAsync(token)).AssertRefreshRefused("revoked");
    }

    private async Task<Answer> LogoutAsync(string token)
    {
        using var client = nodes.Client();
        client.RefreshCookie = token;
        return await client.LogoutAsync();
    }

    private async Task<Answer> LoginAsync(Person person)
    {
        using var client = nodes.Client();
        return await client.LoginAsync(person);
    }

    private async Task<bool> DeactivateAsync(Guid userId)
    {
        await using var deactivation = await HeldTransaction.BeginAsync(nodes.Database);
        await deactivation.DeactivateAsync(userId);
        await deactivation.CommitAsync();
        return true;
    }

    private Task<long> LiveSessionsAsync(string token) =>
        nodes.Database.CountAsync("sessions", "ended_at IS NULL AND user_id = @user", ("user", TokenText.UserOf(token)));
}
