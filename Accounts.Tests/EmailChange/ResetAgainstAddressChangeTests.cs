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

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task RS_02_Scenario_8_The_second_of_two_resets_kills_the_first_and_a_change_that_was_mailed_and_the_change_kills_both(bool reset)
    {
        var (person, email) = (await nodes.RegisterAsync(), Some.Email());
        using var asking = nodes.Client();
        using var elsewhere = nodes.Client();
        await asking.SignInAsync(person);
        Assert.Equal(200, (await asking.AskResetAsync(person.Email)).Status);
        var first = await nodes.MailAsync(person.Email, "Choose a new password");
        (await asking.AskChangeAsync(email)).AssertBody(200, EmailChangeSteps.Asked);
        var change = Mailbox.TokenOf(await nodes.MailAsync(email, "Confirm your new"));
        Assert.Equal(200, (await elsewhere.AskResetAsync(person.Email)).Status);
        var second = await nodes.MailAsync(person.Email, "Choose a new password", 2);
        Assert.Equal(200, (reset ? await elsewhere.ResetAsync(Mailbox.TokenOf(second)) : await elsewhere.ConfirmChangeAsync(change)).Status);

        var now = reset ? person with { Password = Some.OtherPassword } : person with { Email = email };
        var before = await nodes.Database.UserStateAsync(now);
        foreach (var mail in new[] { first, second })
        {
            (await elsewhere.ResetAsync(Mailbox.TokenOf(mail), "another-good-password")).AssertRefused(400, "invalid_token");
            (await (mail == first ? asking : elsewhere).ResetByCodeAsync(person.Email, PasswordSteps.ResetCodeOf(mail), "another-good-password")).AssertRefused(400, "invalid_token");
        }
        (await asking.ConfirmChangeAsync(change)).AssertRefused(400, "invalid_token");
        Assert.Equal((before, 0, 0), (await nodes.Database.UserStateAsync(now), await nodes.Database.LiveTokensAsync(now), await nodes.Database.LiveTokensAsync(now, "change")));
        Assert.Equal(200, (await elsewhere.LoginAsync(now)).Status);
    }

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
