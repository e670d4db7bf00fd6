using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Recovery;

/// <summary>A freeze against what would go on, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "slow")]
public sealed class RecoveryRaceTests(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    /// <summary>Either the change came before, and its link is void; or it did not come to pass. Whichever: all are out.</summary>
    [Fact]
    public async Task SG_08_Of_a_freeze_and_a_change_at_once_none_outlives_the_freeze()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            using var thief = nodes.Client();
            using var owner = nodes.Client();
            await thief.StealAsync(person, "stolen-tulips-44");
            var link = await PlantLinkAsync(person);
            var (change, freeze) = (thief.ChangePasswordAsync("stolen-tulips-44", "stolen-again-5"), owner.FreezeAsync(link));
            await Task.WhenAll(change, freeze);
            Assert.Equal(200, (await freeze).Status);
            var changed = (await change).Status == 200;
            Assert.True(changed || (await change).Status == 401, (await change).ToString());
            if ((await change)["access"] is { } access)
            {
                thief.Access = access;
            }
            await thief.AssertOutAsync();
            (await thief.LoginAsync(person with { Password = changed ? "stolen-again-5" : "stolen-tulips-44" })).AssertRefused(403, "account_frozen");
            Assert.Equal(changed ? 1 : 0, await nodes.Database.CountAsync(
                "account_changes c JOIN users u ON u.id = c.user_id", "u.email = @email AND c.frozen_at IS NULL AND c.void_at IS NOT NULL", ("email", person.Email)));
            Assert.Equal(0, await nodes.Database.LiveSessionsAsync(person));
        });
    }

    [Fact]
    public async Task SG_08_Of_freezes_and_sign_ins_at_once_no_session_is_left()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            using var thief = nodes.Client();
            using var owner = nodes.Client();
            await thief.StealAsync(person, "stolen-tulips-44");
            var link = await PlantLinkAsync(person);
            var answers = await Task.WhenAll(
                thief.LoginAsync(person with { Password = "stolen-tulips-44" }), owner.FreezeAsync(link), owner.FreezeAsync(link));
            Assert.Contains(answers[0].Status, new[] { 200, 401, 403 });
            Assert.Equal((200, 200), (answers[1].Status, answers[2].Status));
            Assert.Equal(0, await nodes.Database.LiveSessionsAsync(person));
            Assert.Equal(1, await nodes.Database.EventsAsync(person, "account_frozen"));
        });
    }

    /// <summary>Of the newest change, whose mail is not looked for: races need many.</summary>
    private async Task<string> PlantLinkAsync(Person person)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Assert.Equal(1, await nodes.Database.ExecuteAsync(
            "UPDATE account_changes SET token_hash = @hash WHERE user_id = (SELECT id FROM users WHERE email = @email)",
            ("hash", SHA256.HashData(Encoding.ASCII.GetBytes(token))), ("email", person.Email)));
        return token;
    }
}
