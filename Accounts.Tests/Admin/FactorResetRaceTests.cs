using Accounts.Tests.Passkeys;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>The day of a reset is over, and at the same moment somebody signs in with the factor; on two nodes.</summary>
[Trait("Pace", "long")]
public sealed class FactorResetRaceTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!, other = null!;
    private ApiClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:Throttling:Enabled", "false"));
        other = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Throttling:Enabled", "false"), ("Accounts:SecondFactor:Required", "everybody"), ("Accounts:Mail:MailboxFolder", server.MailboxFolder));
        admin = server.Client();
        await server.SignInAdministratorAsync(admin);
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await other.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task MF_12_Either_the_factor_signs_in_and_stays_or_it_goes_and_signs_nobody_in()
    {
        for (var round = 0; round < 10; round++)
        {
            using var client = server.Client();
            using var browser = server.Client();
            var (person, enrolled) = await AskAsync(client);
            var ticket = await browser.TicketAsync(person);
            await server.Database.LetResetBeDueAsync(person);
            var proving = browser.ProveAsync(ticket, enrolled.RecoveryCodes[0]);
            await Task.WhenAll(proving, server.CarryOutResetsAsync(), other.CarryOutResetsAsync());
            await server.CarryOutResetsAsync();
            var answer = await proving;
            var (stays, reset, cancelled) = (await server.Database.HasAppAsync(person), await server.Database.EventsAsync(person, "user_factors_reset"), await server.Database.EventsAsync(person, "user_factor_reset_cancelled"));
            Assert.Equal(answer.Status == 200 ? (1, 0, 1) : (0L, 1L, 0L), (stays, reset, cancelled));
            Assert.True(answer.Status is 200 or 401, answer.ToString());
        }
    }

    /// <summary>The sign-in was refused after it had spent the factor, or its process was killed.</summary>
    [Theory]
    [InlineData("app"), InlineData("recovery code"), InlineData("passkey"), InlineData("another app")]
    public async Task MF_12_A_factor_that_was_used_or_added_since_stays_though_nobody_was_signed_in(string what)
    {
        using var client = server.Client();
        using var authenticator = client.Authenticator();
        var somebody = await server.EnrolSomebodyAsync(client);
        var (person, enrolled) = somebody;
        server.HasProved(client);
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator)).Status);
        await server.Database.ForgetStepsAsync(person);
        Assert.Equal(202, (await admin.ResetFactorsAsync(await server.Database.AddressAsync(person))).Status);
        server.HasProved(client);
        await UseAsync(what, client, somebody);
        await server.Database.LetResetBeDueAsync(person);
        await Task.WhenAll(server.CarryOutResetsAsync(), other.CarryOutResetsAsync());
        Assert.Equal((1, 0, 1), (await server.Database.HasAppAsync(person), await server.Database.EventsAsync(person, "user_factors_reset"), await server.Database.EventsAsync(person, "user_factor_reset_cancelled")));
        Assert.Equal((1, 0), (await server.Database.PasskeysAsync(person), await server.Database.FactorResetsAsync(person)));
        Assert.NotNull(await server.TryCodeAsync(person, enrolled.RecoveryCodes[9]));
    }

    private async Task UseAsync(string what, ApiClient client, (Person Person, Enrolled Enrolled) somebody)
    {
        switch (what)
        {
            case "app":
                Assert.NotNull(await server.TryCodeAsync(somebody.Person, FactorSteps.CodeOf(somebody.Enrolled.Secret)));
                break;
            case "recovery code":
                Assert.NotNull(await server.TryCodeAsync(somebody.Person, somebody.Enrolled.RecoveryCodes[0]));
                break;
            case "passkey":
                Assert.Equal(1, await server.Database.ExecuteAsync(
                    "UPDATE passkeys p SET last_used_at = clock_timestamp() FROM users u WHERE u.id = p.user_id AND u.email = @email", ("email", somebody.Person.Email)));
                break;
            default:
                await client.EnrolAsync();
                break;
        }
    }

    [Fact]
    public async Task MF_12_Nobody_waits_for_a_user_whose_row_is_held_and_theirs_comes_later()
    {
        using var held = server.Client();
        using var free = server.Client();
        var ((one, _), (two, _)) = (await AskAsync(held), await AskAsync(free));
        await server.Database.LetResetBeDueAsync(one);
        await server.Database.LetResetBeDueAsync(two);
        await using (var signIn = await HeldTransaction.BeginAsync(server.Database))
        {
            await signIn.ExecuteAsync("SELECT FROM users WHERE email = @email FOR NO KEY UPDATE", ("email", one.Email));
            await server.CarryOutResetsAsync();
            Assert.Equal((1, 0), (await server.Database.HasAppAsync(one), await server.Database.HasAppAsync(two)));
        }
        await server.CarryOutResetsAsync();
        Assert.Equal((0, 1), (await server.Database.HasAppAsync(one), await server.Database.EventsAsync(one, "user_factors_reset")));
    }

    [Fact]
    public async Task MF_12_Of_all_nodes_together_each_reset_is_carried_out_once()
    {
        using var client = server.Client();
        var (person, _) = await AskAsync(client);
        await server.Database.LetResetBeDueAsync(person);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? server : other).CarryOutResetsAsync()));
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_factors_reset"));
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "template = 'factors_reset' AND recipient = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task MF_12_A_node_that_starts_carries_out_what_became_due_while_none_ran()
    {
        using var client = server.Client();
        var (person, _) = await AskAsync(client);
        await server.Database.LetResetBeDueAsync(person);
        await using var next = await TestServer.StartOnAsync(server.Database.ConnectionString);
        await Until.TrueAsync(async () => await server.Database.EventsAsync(person, "user_factors_reset") == 1, "the factors are removed by the worker");
        Assert.Equal(0, await server.Database.HasAppAsync(person));
    }

    [Fact]
    public async Task SG_03_Where_everybody_must_have_a_factor_a_new_one_is_added_after_a_code_by_mail()
    {
        using var client = server.Client();
        using var browser = other.Client();
        var (person, _) = await AskAsync(client);
        await server.Database.LetResetBeDueAsync(person);
        await server.CarryOutResetsAsync();
        var ticket = await browser.EnrolmentTicketAsync(person);
        Assert.Equal(400, (await browser.BeginEnrolmentAsync(ticket, null)).Status);
        (await server.EnrolAsync(browser, person, ticket)).AssertProved("aal2", "pwd", "mail", "otp", "mfa");
        Assert.Equal(1, await server.Database.HasAppAsync(person));
    }

    private async Task<(Person Person, Enrolled Enrolled)> AskAsync(ApiClient client)
    {
        var somebody = await server.EnrolSomebodyAsync(client);
        Assert.Equal(202, (await admin.ResetFactorsAsync(await server.Database.AddressAsync(somebody.Person))).Status);
        return somebody;
    }
}
