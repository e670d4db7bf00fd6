using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.TrustedDevices;

/// <summary>What ends the trust in a device.</summary>
public sealed class TrustEndTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, browser = null!;
    private Person person = null!;
    private Enrolled enrolled = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, browser) = (server.Client(), server.Client());
        (person, enrolled) = await server.EnrolSomebodyAsync(owner);
        await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        server.HasProved(owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("a change of the password"), InlineData("a reset"), InlineData("another factor"), InlineData("new recovery codes"), InlineData("a factor less")]
    [InlineData("sign out everywhere"), InlineData("sign out everywhere else"), InlineData("a session that was not theirs"), InlineData("a freeze")]
    public async Task SG_05_No_device_is_trusted_after(string what)
    {
        var renewed = await EndAsync(what);
        Assert.Equal(0, await server.Database.TrustedAsync(person));
        if (what == "a freeze")
        {
            (await browser.LoginAsync(renewed)).AssertRefused(403, "account_frozen");
            await server.Database.ChangeAsync(person, "frozen_until = NULL");
        }
        (await browser.LoginAsync(renewed)).AssertRefused(403, "second_factor_required");
    }

    /// <summary>Even where its row has stayed, as it does where an older version of the server ends it.</summary>
    [Theory]
    [InlineData("UPDATE users SET security_stamp = md5(security_stamp) WHERE email = @email"), InlineData("UPDATE users SET sessions_epoch = sessions_epoch + 1 WHERE email = @email")]
    [InlineData("UPDATE trusted_devices d SET expires_at = clock_timestamp() FROM users u WHERE u.id = d.user_id AND u.email = @email")]
    public async Task SG_05_A_device_is_asked_again_once_its_time_is_over_or_its_user_is_not_as_before(string change)
    {
        Assert.Equal(1, await server.Database.ExecuteAsync(change, ("email", person.Email)));
        (await browser.LoginAsync(person)).AssertRefused(403, "second_factor_required");
        Assert.Equal(1, await server.Database.TrustedAsync(person));
        await owner.SignInBothAsync(person, enrolled.RecoveryCodes[1]);
        Assert.Empty(await owner.DevicesAsync());
    }

    /// <summary>The sign-in has found the row, and waits for the one that signs out everywhere.</summary>
    [Fact]
    public async Task SG_05_A_sign_in_beside_what_ends_the_trust_finds_none()
    {
        await using var ending = await HeldTransaction.BeginAsync(server.Database);
        await ending.ExecuteAsync("UPDATE users SET sessions_epoch = sessions_epoch + 1 WHERE email = @email", ("email", person.Email));
        var signingIn = browser.LoginAsync(person);
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() > 0, "the sign-in waits");
        await ending.ExecuteAsync("DELETE FROM trusted_devices d USING users u WHERE u.id = d.user_id AND u.email = @email", ("email", person.Email));
        await ending.CommitAsync();
        (await signingIn).AssertRefused(403, "second_factor_required");
    }

    [Fact]
    public async Task SG_05_Signing_out_in_a_trusted_browser_leaves_it_trusted()
    {
        await browser.LogoutAsync();
        (await browser.LoginAsync(person)).AssertProved("aal1", "pwd");
    }

    [Theory]
    [InlineData("expires_at = now() - interval '1 second'", 0), InlineData("expires_at = now() + interval '1 hour'", 1)]
    public async Task RL_08_Trusted_devices_go_when_their_time_is_over(string state, long stay)
    {
        await server.Database.ExecuteAsync($"UPDATE trusted_devices d SET {state} FROM users u WHERE u.id = d.user_id AND u.email = @email", ("email", person.Email));
        await server.SweepAsync();
        Assert.Equal(stay, await server.Database.TrustedAsync(person));
    }

    /// <returns>who signs in from then on</returns>
    private async Task<Person> EndAsync(string what)
    {
        var renewed = person with { Password = Some.OtherPassword };
        switch (what)
        {
            case "a change of the password":
                Assert.Equal(200, (await owner.ChangePasswordAsync(person.Password, renewed.Password)).Status);
                return renewed;
            case "a reset":
                (await owner.ResetAsync(await server.Database.PlantResetAsync(person))).AssertBody(200, PasswordSteps.Done);
                return renewed;
            case "another factor":
                await owner.EnrolAsync();
                return person;
            case "new recovery codes":
                Assert.Equal(200, (await owner.PostAsync(FactorSteps.RecoveryCodes)).Status);
                return person;
            case "a factor less":
                await owner.EnrolAsync("another");
                server.HasProved(owner);
                await server.Database.PlantTrustAsync(person);
                Assert.Equal(204, (await owner.RemoveFactorAsync(await owner.FactorIdAsync())).Status);
                return person;
            case "sign out everywhere":
                Assert.Equal(200, (await owner.PostAsync("/api/auth/logout/all/")).Status);
                return person;
            case "sign out everywhere else":
                Assert.Equal(200, (await browser.PostAsync("/api/auth/logout/all/", new { keep_current = true })).Status);
                return person;
            case "a session that was not theirs":
                var token = await server.Database.PlantTokenAsync(person, "disown");
                await server.Database.ExecuteAsync(
                    "UPDATE email_verification_tokens SET session_id = @id WHERE purpose = 'disown' AND email = @email", ("id", server.Session(browser.RefreshCookie!).Id), ("email", person.Email));
                Assert.Equal(200, (await owner.DisownAsync(token)).Status);
                return person;
            default:
                Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, "was added"))).Status);
                return person;
        }
    }
}
