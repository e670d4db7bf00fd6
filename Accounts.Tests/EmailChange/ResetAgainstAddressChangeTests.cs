using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.EmailChange;

/// <summary>Somebody who is in moves the account to a mailbox of theirs while its owner resets the password, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "slow")]
public sealed class ResetAgainstAddressChangeTests(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task EV_05_Scenario_8_Of_a_change_and_a_reset_at_once_one_wins_and_the_other_is_refused()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var (person, email) = (await nodes.RegisterAsync(), Some.Email());
            await nodes.SignInAsync(person);
            var (change, reset) = (await nodes.Database.PlantChangeAsync(person, email), await nodes.Database.PlantResetAsync(person));
            var answers = await Task.WhenAll(
                Rounds.SoonAsync(() => nodes.WithAsync(client => client.ConfirmChangeAsync(change))), Rounds.SoonAsync(() => nodes.WithAsync(client => client.ResetAsync(reset))));
            Assert.Equal([200, 400], answers.Select(answer => answer.Status).Order());
            var won = answers[0].Status == 200;
            Assert.Equal((won ? 1 : 0, won ? 0 : 1), (await nodes.Database.UsersAsync(email), await nodes.Database.UsersAsync(person.Email)));
            var now = won ? person with { Email = email } : person with { Password = Some.OtherPassword };
            Assert.Equal(0, await nodes.Database.LiveSessionsAsync(now));
            Assert.Equal(200, (await nodes.WithAsync(client => client.LoginAsync(now))).Status);
        });
    }

    /// <summary>What is asked for beside the reset is worked off by either node, before it or after it: the session is over, and with it what it asked for.</summary>
    [Fact]
    public async Task EV_05_A_change_that_is_asked_for_beside_a_reset_is_good_for_nothing_afterwards()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var (person, email) = (await nodes.RegisterAsync(), Some.Email());
            using var thief = nodes.Client();
            await thief.SignInAsync(person);
            var reset = await nodes.Database.PlantResetAsync(person);
            var (asking, resetting) = (Rounds.SoonAsync(() => thief.AskChangeAsync(email)), Rounds.SoonAsync(() => nodes.WithAsync(client => client.ResetAsync(reset))));
            Assert.Contains((await asking).Status, new[] { 200, 401 });
            (await resetting).AssertBody(200, PasswordSteps.Done);
            await nodes.Database.WorkedOffAsync();
            Assert.Equal(0, await nodes.Database.LiveTokensAsync(person, "change"));
            Assert.Equal((0, 1), (await nodes.Database.UsersAsync(email), await nodes.Database.UsersAsync(person.Email)));
        });
    }
}
