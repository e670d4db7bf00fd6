using Accounts.Tests.Sessions;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Passwords;

/// <summary>A new password against everything that would get in with the old one, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "slow")]
public sealed class PasswordRaceTests(TwoNodes fixture)
{
    private const string New = "a-password-of-the-owner";

    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task RS_01_Scenario_7_Of_sixteen_posts_of_one_token_at_once_one_sets_its_password()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            var session = (await nodes.SignInAsync(person)).RefreshCookie!;
            var token = await nodes.Database.PlantResetAsync(person);
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => WithAsync(client => client.ResetAsync(token, $"password-of-attempt-{i}"))));
            var winner = Assert.Single(Enumerable.Range(0, 16), i => answers[i].Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(400, "invalid_token"));
            var login = await LoginAsync(person, $"password-of-attempt-{winner}");
            Assert.Equal((200, 204), (login.Status, (await WithAsync(client => EndAsync(client, login))).Status));
            (await nodes.RefreshAsync(session)).AssertRefreshRefused("revoked");
            Assert.Equal((1, 1), (await nodes.Database.EventsAsync(person, "password_reset"), await NoticesAsync(person)));
            await AssertOverAsync(person, token);
        });
    }

    /// <summary>Once more, and with a fresh one whose time is over.</summary>
    private async Task AssertOverAsync(Person person, string token)
    {
        var late = await nodes.Database.PlantResetAsync(person);
        await nodes.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = expires_at - interval '31 minutes' WHERE email = @email", ("email", person.Email));
        var before = await nodes.Database.UserStateAsync(person);
        Assert.All(await Task.WhenAll(new[] { token, late }.Select(one => WithAsync(client => client.ResetAsync(one, New)))), answer => answer.AssertRefused(400, "invalid_token"));
        Assert.Equal((before, 0), (await nodes.Database.UserStateAsync(person), await nodes.Database.LiveSessionsAsync(person)));
    }

    [Fact]
    public async Task SG_07_Scenario_7_Of_sixteen_posts_of_one_code_at_once_one_sets_its_password()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            using var client = nodes.Client();
            Assert.Equal(200, (await client.AskResetAsync(person.Email)).Status);
            var code = PasswordSteps.ResetCodeOf(await nodes.MailAsync(person.Email, "Choose a new password"));
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => WithAsync(other =>
            {
                other.Cookies["attempt"] = client.Cookies["attempt"];
                return other.ResetByCodeAsync(person.Email, code, $"password-of-attempt-{i}");
            })));
            var winner = Assert.Single(Enumerable.Range(0, 16), i => answers[i].Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(400, "invalid_token"));
            Assert.Equal(200, (await LoginAsync(person, $"password-of-attempt-{winner}")).Status);
            Assert.Equal((1, 1), (await nodes.Database.EventsAsync(person, "password_reset"), await NoticesAsync(person)));
        });
    }

    [Fact]
    public async Task RS_02_Of_different_links_of_one_user_at_once_one_sets_its_password()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            var tokens = new[] { await nodes.Database.PlantResetAsync(person), await nodes.Database.PlantResetAsync(person), await nodes.Database.PlantResetAsync(person) };
            var answers = await Task.WhenAll(tokens.Select(token => WithAsync(client => client.ResetAsync(token, New))));
            Assert.Equal([200, 400, 400], answers.Select(answer => answer.Status).Order());
            Assert.Equal(0, await nodes.Database.LiveTokensAsync(person));
            Assert.Equal((1, 1), (await nodes.Database.EventsAsync(person, "password_reset"), await NoticesAsync(person)));
        });
    }

    [Fact]
    public async Task RS_03_A_sign_in_with_the_old_password_that_races_the_reset_does_not_outlive_it()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            var token = await nodes.Database.PlantResetAsync(person);
            var racing = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Rounds.SoonAsync(() => LoginAsync(person, person.Password))));
            Assert.Equal(200, (await Rounds.SoonAsync(() => WithAsync(client => client.ResetAsync(token, New)))).Status);
            await AssertAllOutAsync(person, await racing);
        });
    }

    [Fact]
    public async Task RS_03_A_refresh_that_races_the_reset_does_not_outlive_it()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            var sessions = new[] { await nodes.SignInAsync(person), await nodes.SignInAsync(person), await nodes.SignInAsync(person) };
            var token = await nodes.Database.PlantResetAsync(person);
            var racing = Task.WhenAll(sessions.Select(session => Rounds.SoonAsync(() => nodes.RefreshAsync(session.RefreshCookie!))));
            Assert.Equal(200, (await Rounds.SoonAsync(() => WithAsync(client => client.ResetAsync(token, New)))).Status);
            await AssertAllOutAsync(person, await racing);
        });
    }

    [Fact]
    public async Task RS_03_Refreshes_that_go_together_and_a_reset_do_not_wait_for_each_other()
    {
        var person = await nodes.RegisterAsync();
        var sessions = new[] { (await nodes.SignInAsync(person)).RefreshCookie!, (await nodes.SignInAsync(person)).RefreshCookie! }.OrderBy(TokenText.SessionOf).ToArray();
        var token = await nodes.Database.PlantResetAsync(person);
        await using var refreshes = await HeldTransaction.BeginAsync(nodes.Database);
        await RotateAsync(refreshes, sessions[0]);
        (await WithAsync(client => client.ResetAsync(token, New))).AssertBody(200, PasswordSteps.Done);
        await RotateAsync(refreshes, sessions[1]);
        await refreshes.CommitAsync();
        Assert.Equal(0, await nodes.Database.LiveSessionsAsync(person));
    }

    private static Task RotateAsync(HeldTransaction refreshes, string token) => refreshes.ExecuteAsync(
        "UPDATE sessions SET generation = generation + 1 WHERE id = @id", ("id", TokenText.SessionOf(token)));

    [Fact]
    public async Task PW_09_Scenario_5_A_refresh_that_races_a_change_of_the_password_does_not_outlive_it()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            var (asking, other) = (await nodes.SignInAsync(person), await nodes.SignInAsync(person));
            var racing = Task.WhenAll(new[] { asking, other }.Select(session => Rounds.SoonAsync(() => nodes.RefreshAsync(session.RefreshCookie!))));
            Assert.Equal(200, (await Rounds.SoonAsync(() => ChangeAsync(asking.Access, person))).Status);
            await AssertAllOutAsync(person, await racing);
        });
    }

    [Fact]
    public async Task PW_09_Of_a_change_and_a_reset_at_once_one_wins_and_the_other_is_refused()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            var (thief, token) = (await nodes.SignInAsync(person), await nodes.Database.PlantResetAsync(person));
            var (change, reset) = (Rounds.SoonAsync(() => ChangeAsync(thief.Access, person)), Rounds.SoonAsync(() => WithAsync(client => client.ResetAsync(token, New))));
            Assert.Contains(((await change).Status, (await reset).Status), new[] { (200, 400), (401, 200), (400, 200) });
            Assert.Equal((await reset).Status, (await LoginAsync(person, New)).Status == 200 ? 200 : 400);
            Assert.Equal(1, await NoticesAsync(person));
        });
    }

    /// <summary>What a sign-in has opened.</summary>
    private static Task<Answer> EndAsync(ApiClient client, Answer login)
    {
        client.Access = login.Access;
        return client.EndSessionAsync(TokenText.SessionOf(login.RefreshCookie!));
    }

    private Task<Answer> WithAsync(Func<ApiClient, Task<Answer>> act) => nodes.WithAsync(act);

    private Task<Answer> LoginAsync(Person person, string password) => WithAsync(client => client.LoginAsync(person with { Password = password }));

    /// <summary>Without the refresh token: nothing is to go on.</summary>
    private Task<Answer> ChangeAsync(string access, Person person) => WithAsync(client =>
    {
        client.Access = access;
        return client.ChangePasswordAsync(person.Password, Some.OtherPassword);
    });

    /// <summary>What the answers brought, if they brought anything, is worth nothing.</summary>
    private async Task AssertAllOutAsync(Person person, Answer[] answers)
    {
        foreach (var answer in answers.Where(answer => answer.Status == 200))
        {
            (await nodes.RefreshAsync(answer.RefreshCookie!)).AssertRefreshRefused("revoked");
            (await WithAsync(client => client.MeAsync(answer.Access))).AssertAccessRefused("revoked");
        }
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 401 }));
        Assert.Equal(0, await nodes.Database.LiveSessionsAsync(person));
    }

    private Task<long> NoticesAsync(Person person) =>
        nodes.Database.CountAsync("outbox_messages", "template = 'password_changed' AND recipient = @to", ("to", person.Email));
}
