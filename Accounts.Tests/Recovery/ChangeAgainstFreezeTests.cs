using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.EmailChange;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Recovery;

/// <summary>A thief goes on with a stolen account while its owner freezes it, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "long")]
public sealed class ChangeAgainstFreezeTests(TwoNodes fixture)
{
    private const string Stolen = "stolen-tulips-44", StolenAgain = "stolen-again-5";

    private readonly Nodes nodes = fixture.Nodes;

    /// <summary>Either the change came before, and its link is void; or it did not come to pass. Whichever: all are out, and the owner has it back as it was.</summary>
    [Theory]
    [InlineData("the password"), InlineData("the address"), InlineData("the password, by a mail")]
    public async Task SG_08_Of_a_freeze_and_a_change_at_once_none_outlives_the_freeze(string what)
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            await nodes.Database.ChangeAsync(person, "email_verified = true, verified_by = 'code', verified_at = now()");
            using var thief = nodes.Client();
            using var owner = nodes.Client();
            await thief.StealAsync(person, Stolen);
            var (link, change) = (await PlantLinkAsync(person), await PrepareAsync(what, thief, person));
            var (changing, freezing) = (Rounds.SoonAsync(change), Rounds.SoonAsync(() => owner.FreezeAsync(link)));
            Assert.Equal(200, (await freezing).Status);
            var answer = await changing;
            Assert.True(answer.Status is 200 or 400 or 401, answer.ToString());
            await AssertFrozenAsync(what, thief, person, answer);

            var back = await owner.RecoverAsync(RecoverySteps.TokenOf(await nodes.MailAsync(person.Email, RecoverySteps.Frozen)));
            Assert.Equal((200, "[]"), (back.Status, back["kept"]));
            await owner.SignInAsync(person with { Password = Some.OtherPassword });
            Assert.All(await Task.WhenAll(LoginAsync(person, Stolen), LoginAsync(person, StolenAgain)), login => login.AssertRefused(401, "invalid_credentials"));
        });
    }

    private async Task<Func<Task<Answer>>> PrepareAsync(string what, ApiClient thief, Person person)
    {
        switch (what)
        {
            case "the password":
                return () => thief.ChangePasswordAsync(Stolen, StolenAgain);
            case "the address":
                var change = await nodes.Database.PlantChangeAsync(person, Some.Email());
                return () => thief.ConfirmChangeAsync(change);
            default:
                var reset = await nodes.Database.PlantResetAsync(person);
                return () => thief.ResetAsync(reset, StolenAgain);
        }
    }

    private async Task AssertFrozenAsync(string what, ApiClient thief, Person person, Answer answer)
    {
        var changed = answer.Status == 200;
        if (answer["access"] is { } access)
        {
            thief.Access = access;
        }
        await thief.AssertOutAsync();
        (await LoginAsync(person, changed && what != "the address" ? StolenAgain : Stolen)).AssertRefused(403, "account_frozen");
        Assert.Equal(0, await CountAsync(person, "sessions s", SessionRow.Open, "s"));
        Assert.Equal(changed ? 1 : 0, await CountAsync(person, "account_changes c", "c.frozen_at IS NULL AND c.void_at IS NOT NULL", "c"));
        Assert.Equal(0, await CountAsync(person, "email_verification_tokens t", "t.used_at IS NULL AND t.expires_at > clock_timestamp() AND t.purpose IN ('reset', 'change')", "t"));
    }

    private Task<long> CountAsync(Person person, string rows, string where, string name) =>
        nodes.Database.CountAsync($"{rows} JOIN users u ON u.id = {name}.user_id", $"u.username = @name AND {where}", ("name", person.Username));

    /// <summary>By the username, whatever the address is.</summary>
    private Task<Answer> LoginAsync(Person person, string password) =>
        nodes.WithAsync(client => client.PostAsync("/api/auth/login/", new { username = person.Username, password }));

    [Fact]
    public async Task SG_08_Of_freezes_and_sign_ins_at_once_no_session_is_left()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            using var thief = nodes.Client();
            using var owner = nodes.Client();
            await thief.StealAsync(person, Stolen);
            var link = await PlantLinkAsync(person);
            var answers = await Task.WhenAll(
                Rounds.SoonAsync(() => thief.LoginAsync(person with { Password = Stolen })), Rounds.SoonAsync(() => owner.FreezeAsync(link)), Rounds.SoonAsync(() => owner.FreezeAsync(link)));
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
