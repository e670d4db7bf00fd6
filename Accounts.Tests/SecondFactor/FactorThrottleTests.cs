using Accounts.Core.Failures;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SecondFactor;

/// <summary>How often somebody may guess codes of an account, with however many tickets and sessions.</summary>
[Trait("Pace", "long")]
public sealed class FactorThrottleTests(FactorThrottleTests.Throttled shared) : IClassFixture<FactorThrottleTests.Throttled>, IAsyncLifetime
{
    private const int Most = 10;
    private const string Subject = "Many wrong codes";

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;
    private Enrolled app = null!;

    /// <summary>Nothing else is in the way of guesses.</summary>
    public sealed class Throttled(Postgres postgres) : SharedServer(
        postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "10000"), ("Accounts:Throttling:OthersPerMinute", "10000"),
        ("Accounts:Throttling:RegistrationsPerHour", "10000"));

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await server.SignInProvedAsync(client);
        app = await client.EnrolAsync();
        await server.Database.ForgetStepsAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task MF_03_Ten_wrong_codes_close_apps_for_the_account_and_the_owner_is_told_once()
    {
        await GuessAsync(Most);
        var closed = await Assert.ThrowsAsync<ThrottledException>(() => server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret)));
        Assert.InRange(closed.RetryAfter, TimeSpan.FromMinutes(13), TimeSpan.FromMinutes(15));
        Assert.Equal(0, await server.Database.TotpFactorsAsync(person, "last_used_at IS NOT NULL"));
        await server.Database.CountedAsync(person, "second_factor_failed", Most);
        Assert.Equal(1, await server.Database.EventsAsync(person, "second_factor_locked"));
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(person.Email, Subject).Count == 1), "the owner is told");
        var mail = server.MailsAbout(person.Email, Subject)[0];
        Assert.Contains("Address: 192.0.2.7\n", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/security#token", mail.Text, StringComparison.Ordinal);

        await QuarterLaterAsync();
        await GuessAsync(Most);
        Assert.Equal(2, await server.Database.EventsAsync(person, "second_factor_locked"));
        await QuarterLaterAsync();
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret)));
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "template = 'second_factor_locked' AND recipient = @to", ("to", person.Email)));
    }

    [Fact]
    public async Task SG_04_While_apps_are_closed_recovery_codes_pass()
    {
        await GuessAsync(Most);
        await Assert.ThrowsAsync<ThrottledException>(() => server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret)));
        Assert.NotNull(await server.TryCodeAsync(person, app.RecoveryCodes[0]));
        Assert.Null(await server.TryCodeAsync(person, app.RecoveryCodes[0]));
    }

    [Fact]
    public async Task SG_04_A_known_device_has_its_own_ten_and_nobody_elses_is_one()
    {
        await GuessAsync(Most);
        Assert.Null(await server.TryCodeAsync(person, FactorSteps.WrongCode(app.Secret), client.Cookies["device"]));
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret), client.Cookies["device"]));
        using var other = server.Client();
        await server.SignInProvedAsync(other);
        await Assert.ThrowsAsync<ThrottledException>(() => server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret, 1), other.Cookies["device"]));
        await GuessAsync(Most - 1, client.Cookies["device"]);
        await Assert.ThrowsAsync<ThrottledException>(() => server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret, 1), client.Cookies["device"]));
    }

    [Fact]
    public async Task MF_03_A_right_code_is_no_wrong_one_and_gives_no_new_budget()
    {
        await GuessAsync(Most - 1);
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret)));
        Assert.Null(await server.TryCodeAsync(person, FactorSteps.WrongCode(app.Secret)));
        await Assert.ThrowsAsync<ThrottledException>(() => server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret, 1)));
    }

    [Fact]
    public async Task MF_03_Scenario_32_Two_hundred_wrong_codes_at_once_over_two_nodes_are_ten()
    {
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Throttling:Enabled", "true"));
        var wrong = FactorSteps.WrongCode(app.Secret);
        var tries = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => IsLookedAtAsync(i % 2 == 0 ? server : other, wrong)));
        Assert.Equal(Most, tries.Count(looked => looked));
        await Assert.ThrowsAsync<ThrottledException>(() => other.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret)));
        Assert.Equal(1, await server.Database.EventsAsync(person, "second_factor_locked"));
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "template = 'second_factor_locked' AND recipient = @to", ("to", person.Email)));
    }

    [Fact]
    public async Task SG_04_Whoever_knows_the_password_closes_no_recovery_codes_however_many_they_try()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => IsLookedAtAsync(server, "AAAA-BBBB-CCCC-DDDD")));
        Assert.All(tries, Assert.True);
        Assert.NotNull(await server.TryCodeAsync(person, app.RecoveryCodes[0]));
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(app.Secret)));
    }

    /// <summary>There a code is tried inside the transaction that would have had the account back, and that is taken back with the wrong one.</summary>
    [Fact]
    public async Task MF_03_Codes_that_are_guessed_to_have_an_account_back_are_told_of_too()
    {
        await server.Database.ForgetAsync(person, "factor_added");
        using var thief = server.Client();
        Assert.Equal(200, (await thief.ResetAsync(await server.Database.PlantResetAsync(person))).Status);
        Assert.Equal(200, (await thief.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        var token = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        for (var i = 0; i < Most; i++)
        {
            (await thief.RecoverWithAsync(token, FactorSteps.WrongCode(app.Secret))).AssertRefused(401, "invalid_credentials");
        }
        (await thief.RecoverWithAsync(token, FactorSteps.WrongCode(app.Secret))).AssertRefused(429, "throttled");
        Assert.Equal(1, await server.Database.EventsAsync(person, "second_factor_locked"));
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(person.Email, Subject).Count == 1), "the owner is told");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "frozen_until IS NOT NULL"));
        Assert.Equal((0, 1), (await server.Database.EventsAsync(person, "account_recovered"), await server.Database.HasAppAsync(person)));
        Assert.Equal(200, (await thief.RecoverWithAsync(token, app.RecoveryCodes[0])).Status);
    }

    private async Task GuessAsync(int times, string? device = null)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Null(await server.TryCodeAsync(person, FactorSteps.WrongCode(app.Secret), device));
        }
    }

    /// <summary>It was wrong, and neither refused unseen.</summary>
    private async Task<bool> IsLookedAtAsync(TestServer node, string code)
    {
        try
        {
            Assert.Null(await node.TryCodeAsync(person, code));
            return true;
        }
        catch (ThrottledException)
        {
            return false;
        }
    }

    private Task<int> QuarterLaterAsync() => server.Database.ExecuteAsync("UPDATE throttle_counters SET expires_at = now() WHERE expires_at < now() + interval '16 minutes'");
}
