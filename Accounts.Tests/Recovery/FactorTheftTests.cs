using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>An account with a second factor is stolen, and had back; and what its mailbox alone is not good for.</summary>
[Trait("Pace", "long")]
public sealed class FactorTheftTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private const string Stolen = "stolen-tulips-44", Back = """{"detail":"Your account is as it was. Sign in with the new password.","kept":[]}""";

    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, thief = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, thief) = (server.Client(UserAgents.Firefox), server.Client(UserAgents.Chrome));
        person = await server.RegisterVerifiedAsync(owner);
        await owner.SignInAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>By somebody who sat at an open session and was shown a code.</summary>
    [Fact]
    public async Task SG_08_A_factor_that_was_taken_away_is_back_and_asked_for_and_the_thiefs_is_gone()
    {
        var own = await owner.EnrolAsync();
        // Of before the theft, which alone are undone.
        await server.Database.ExecuteAsync("UPDATE account_changes SET expires_at = clock_timestamp(), at = at - interval '8 days' WHERE email = @email", ("email", person.Email));
        var ticket = await thief.TicketAsync(person);
        thief.Access = (await thief.ProveAsync(ticket, own.RecoveryCodes[0])).Access;
        Assert.Equal(204, (await thief.RemoveFactorAsync(await thief.FactorIdAsync())).Status);
        var theirs = await thief.EnrolAsync();
        await thief.ProveAgainAsync(theirs.RecoveryCodes[0]);
        await server.MoveAsync(thief, Some.Email());

        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, "was removed"))).Status);
        var recover = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        var refused = await owner.RecoverAsync(recover);
        refused.AssertRefused(403, "second_factor_required");
        Assert.Equal(("""["totp","recovery_code"]""", null), (refused["methods"], refused["ticket"]));
        (await owner.RecoverWithAsync(recover, theirs.RecoveryCodes[1])).AssertRefused(401, "invalid_credentials");
        (await owner.RecoverWithAsync(recover, FactorSteps.CodeOf(theirs.Secret, 1))).AssertRefused(401, "invalid_credentials");
        (await owner.RecoverWithAsync(recover, own.RecoveryCodes[0])).AssertRefused(401, "invalid_credentials");
        (await owner.RecoverWithAsync(recover, own.RecoveryCodes[1])).AssertBody(200, Back);

        var back = await owner.TicketAsync(person with { Password = Some.OtherPassword });
        (await owner.ProveAsync(back, theirs.RecoveryCodes[2])).AssertRefused(401, "invalid_credentials");
        (await owner.ProveAsync(back, own.RecoveryCodes[1])).AssertRefused(401, "invalid_credentials");
        (await owner.ProveAsync(back, own.RecoveryCodes[2])).AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.Equal((1, 1), (await server.Database.HasAppAsync(person), await server.Database.TotpFactorsAsync(person)));
    }

    /// <summary>Who reads the mail of somebody who has just added a factor must not have it away in a minute.</summary>
    [Fact]
    public async Task SG_08_A_first_factor_that_was_added_lately_goes_after_a_day_and_not_before()
    {
        await thief.StealAsync(person, Stolen);
        await thief.EnrolAsync();
        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        var recover = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        var refused = await owner.RecoverAsync(recover);
        refused.AssertRefused(403, "recovery_waits");
        Assert.InRange(int.Parse(refused["retry_after"]!, System.Globalization.CultureInfo.InvariantCulture), 86_000, 86_400);
        Assert.Equal(1, await server.Database.HasAppAsync(person));
        (await thief.LoginAsync(person with { Password = Stolen })).AssertRefused(403, "account_frozen");

        await server.Database.ExecuteAsync("UPDATE account_changes SET frozen_at = frozen_at - interval '24 hours' WHERE email = @email AND frozen_at IS NOT NULL", ("email", person.Email));
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen, 2))).AssertBody(200, Back);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(0, await server.Database.TotpFactorsAsync(person) + await server.Database.RecoveryCodesAsync(person));
    }

    /// <summary>Ways in of the last days go with any link: whoever reads the mail makes such a link by a reset.</summary>
    [Fact]
    public async Task SG_08_Who_reads_the_mail_has_a_factor_of_the_days_before_not_away_in_a_minute()
    {
        await owner.EnrolAsync();
        await server.Database.ExecuteAsync("UPDATE account_changes SET at = at - interval '3 days' WHERE email = @email", ("email", person.Email));
        Assert.Equal(200, (await thief.ResetAsync(await server.ResetTokenAsync(thief, person), Stolen)).Status);
        Assert.Equal(200, (await thief.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        (await thief.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen))).AssertRefused(403, "recovery_waits");
        Assert.Equal(1, await server.Database.HasAppAsync(person));
    }

    [Fact]
    public async Task SG_08_Who_reads_the_mail_and_knows_the_password_gets_past_no_factor_by_freezing()
    {
        var own = await owner.EnrolAsync();
        await server.Database.ExecuteAsync("UPDATE account_changes SET expires_at = clock_timestamp(), at = at - interval '8 days' WHERE email = @email", ("email", person.Email));
        Assert.Equal(200, (await thief.ResetAsync(await server.ResetTokenAsync(thief, person), Stolen)).Status);
        Assert.Equal(200, (await thief.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        var recover = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        (await thief.RecoverAsync(recover)).AssertRefused(403, "second_factor_required");
        (await thief.RecoverWithAsync(recover, FactorSteps.WrongCode(own.Secret))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "frozen_until IS NOT NULL"));
        (await owner.RecoverWithAsync(recover, FactorSteps.CodeOf(own.Secret, 1))).AssertBody(200, Back);
    }
}
