using Accounts.Tests.Recovery;
using Accounts.Tests.Social;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SecondFactor;

/// <summary>"This wasn't me" of somebody who has got at the factors.</summary>
[Trait("Pace", "long")]
public sealed class FactorReversalTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Added = "factor was added", Removed = "factor was removed", Made = "New recovery codes";

    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        owner = server.Client();
        person = await server.SignInVerifiedAsync(owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_08_A_factor_that_was_added_goes_and_its_recovery_codes_with_it()
    {
        await owner.EnrolAsync();
        server.HasProved(owner);
        await owner.EnrolAsync();
        await BackAsync(Added, mails: 2, first: true);
        Assert.Equal((0, 0), (await server.Database.TotpFactorsAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}'"));
    }

    [Fact]
    public async Task SG_08_A_further_factor_that_was_added_goes_alone()
    {
        var own = await owner.EnrolAsync();
        await server.Database.ForgetAsync(person, "factor_added");
        server.HasProved(owner);
        await owner.EnrolAsync();
        await BackAsync(Added, mails: 2, code: own.RecoveryCodes[0]);
        Assert.Equal((1, 10), (await server.Database.TotpFactorsAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(own.Secret, 1)));
    }

    [Fact]
    public async Task SG_08_A_factor_that_was_removed_and_replaced_comes_back_with_its_recovery_codes()
    {
        var own = await owner.EnrolAsync("My phone");
        Assert.NotNull(await server.TryCodeAsync(person, own.RecoveryCodes[0]));
        await server.Database.ForgetAsync(person, "factor_added");
        var before = await server.Database.ScalarAsync<string>(Rows, ("email", person.Email));
        server.HasProved(owner);
        Assert.Equal(204, (await owner.RemoveFactorAsync(await owner.FactorIdAsync())).Status);
        var thiefs = await owner.EnrolAsync();
        await BackAsync(Removed, mails: 1, code: own.RecoveryCodes[2]);
        Assert.Equal(before, await server.Database.ScalarAsync<string>(Rows, ("email", person.Email)));
        Assert.Equal(1, await server.Database.HasAppAsync(person));
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(own.Secret, 1)));
        Assert.NotNull(await server.TryCodeAsync(person, own.RecoveryCodes[1]));
        Assert.Null(await server.TryCodeAsync(person, own.RecoveryCodes[0]));
        Assert.Null(await server.TryCodeAsync(person, FactorSteps.CodeOf(thiefs.Secret, 1)));
        Assert.Null(await server.TryCodeAsync(person, thiefs.RecoveryCodes[0]));
    }

    [Fact]
    public async Task SG_08_New_recovery_codes_go_and_those_of_before_come_back()
    {
        var own = await owner.EnrolAsync();
        await server.Database.ForgetAsync(person, "factor_added");
        server.HasProved(owner);
        var thiefs = (await owner.PostAsync(FactorSteps.RecoveryCodes)).Codes();
        await BackAsync(Made, mails: 1, code: own.RecoveryCodes[1]);
        Assert.Equal((1, 10), (await server.Database.HasAppAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.Null(await server.TryCodeAsync(person, thiefs[0]));
        Assert.NotNull(await server.TryCodeAsync(person, own.RecoveryCodes[0]));
    }

    private const string Rows = """
        SELECT concat((SELECT string_agg(f::text, '|') FROM totp_factors f WHERE f.user_id = u.id), (SELECT string_agg(c.hash::text, '|' ORDER BY c.hash) FROM recovery_codes c WHERE c.user_id = u.id))
        FROM users u WHERE u.email = @email
        """;

    /// <summary>Freezes by a mail of that subject, and has the account back by the one that follows.</summary>
    private async Task BackAsync(string subject, int mails, bool first = false, string? code = null)
    {
        var link = await server.RecoveryTokenAsync(person.Email, subject, mails);
        if (first)
        {
            link = RecoverySteps.TokenOf(server.MailsAbout(person.Email, subject).MinBy(mail => mail.SentAt)!);
        }
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        await server.Database.AgeFreezeAsync(person);
        var token = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        var answer = code is null ? await owner.RecoverAsync(token) : await owner.RecoverWithAsync(token, code);
        answer.AssertBody(200, """{"detail":"Your account is as it was. Sign in with the new password.","kept":[]}""");
    }
}
