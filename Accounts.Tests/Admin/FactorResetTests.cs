using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Accounts.Tests.TrustedDevices;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Second factors of who has lost them all are removed a day after an administrator has asked for it.</summary>
public sealed class FactorResetTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, person = null!;
    private Enrolled enrolled = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        (person, enrolled) = await server.EnrolSomebodyAsync(client);
        address = await server.Database.AddressAsync(person);
        await server.Database.ForgetStepsAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task MF_12_It_is_told_at_once_and_takes_effect_a_day_later()
    {
        var before = await server.Database.DumpOfFactorsAsync(person);
        var answer = await admin.ResetFactorsAsync(address);
        Assert.Equal(202, answer.Status);
        var effective = answer.Json.GetProperty("effective_at").GetDateTime();
        Assert.InRange(effective - DateTime.UtcNow, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24.1));
        var mail = await server.MailAboutAsync(person, FactorResetSteps.Asked);
        Assert.Contains($"after {effective:d MMMM yyyy, HH:mm} (UTC)", mail.Text, StringComparison.Ordinal);
        Assert.Contains("sign in with it before then", mail.Text, StringComparison.Ordinal);
        Assert.Contains("write to those who run localhost", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http", mail.Text, StringComparison.Ordinal);
        await server.CarryOutResetsAsync();
        Assert.Equal(before, await server.Database.DumpOfFactorsAsync(person));
        Assert.Equal(200, (await client.MeAsync()).Status);
        var (actor, _, after) = await server.Database.ActAsync(person, "user_factor_reset_asked");
        Assert.Equal((await server.Database.IdAsync(administrator), effective), (actor!.Value, after.GetProperty("effective_at").GetDateTime()));
    }

    [Fact]
    public async Task Asked_for_once_more_it_is_no_later_and_not_told_again_and_each_call_leaves_its_event()
    {
        var (first, second) = (await admin.ResetFactorsAsync(address), await admin.ResetFactorsAsync(address));
        Assert.Equal((202, first.Text), (second.Status, second.Text));
        Assert.Equal(1, await server.Database.FactorResetsAsync(person));
        Assert.Equal(2, await server.Database.EventsAsync(person, "user_factor_reset_asked"));
        await server.MailAboutAsync(person, FactorResetSteps.Asked);
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "template = 'factor_reset_asked' AND recipient = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task MF_12_It_is_told_at_the_address_of_before_too()
    {
        server.HasProved(client);
        var moved = person with { Email = Some.Email() };
        await server.MoveAsync(client, moved.Email);
        await admin.ResetFactorsAsync(address);
        await server.MailAboutAsync(person, FactorResetSteps.Asked);
        await server.MailAboutAsync(moved, FactorResetSteps.Asked);
        await server.Database.LetResetBeDueAsync(moved);
        await server.CarryOutResetsAsync();
        await server.MailAboutAsync(person, FactorResetSteps.Done);
        await server.MailAboutAsync(moved, FactorResetSteps.Done);
    }

    [Fact]
    public async Task What_cannot_be_reset_is_refused_and_changes_nothing()
    {
        using var other = server.Client();
        var none = await server.VerifiedAsync(other);
        (await admin.ResetFactorsAsync(await server.Database.AddressAsync(none))).AssertRefused(409, "no_second_factor");
        Assert.Equal(0, await server.Database.EventsAsync(none, "user_factor_reset_asked"));
        (await admin.ResetFactorsAsync($"{AdminSteps.Users}{Guid.NewGuid()}/")).AssertRefused(404, "not_found");
        await admin.PostAsync($"{address}deactivate/");
        (await admin.ResetFactorsAsync(address)).AssertRefused(409, "user_inactive");
        Assert.Equal(0, await server.Database.FactorResetsAsync(person));
        Assert.Equal(0, await server.Database.EventsAsync(person, "user_factor_reset_asked"));
    }

    [Fact]
    public async Task RO_08_An_administrator_with_a_factor_proves_it()
    {
        await server.Database.ChangeAsync(administrator, "verified_by = 'code', verified_at = now()");
        await admin.EnrolAsync();
        await admin.AgeProofAsync(server);
        var answer = await admin.ResetFactorsAsync(address);
        answer.AssertRefused(403, "reauthentication_required");
        Assert.Contains("acr_values=\"aal2\"", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.FactorResetsAsync(person));
        server.HasProved(admin);
        Assert.Equal(202, (await admin.ResetFactorsAsync(address)).Status);
    }

    [Theory]
    [InlineData("an app"), InlineData("a recovery code"), InlineData("a passkey"), InlineData("a passkey as the second"), InlineData("a proof once more")]
    public async Task MF_12_A_factor_that_is_used_calls_it_off(string what)
    {
        using var authenticator = client.Authenticator();
        server.HasProved(client);
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator)).Status);
        await admin.ResetFactorsAsync(address);
        using var browser = server.Client();
        Assert.Equal(200, (await UseAsync(browser, authenticator, what)).Status);
        Assert.Equal(0, await server.Database.FactorResetsAsync(person));
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_factor_reset_cancelled"));
        Assert.Contains("127.0.0.1", (await server.MailAboutAsync(person, FactorResetSteps.Cancelled)).Text, StringComparison.Ordinal);
        await server.CarryOutResetsAsync();
        Assert.Equal((1, 1), (await server.Database.TotpFactorsAsync(person), await server.Database.PasskeysAsync(person)));
        // Who is asked again begins a new day.
        Assert.Equal(202, (await admin.ResetFactorsAsync(address)).Status);
        Assert.Equal(1, await server.Database.FactorResetsAsync(person));
    }

    private async Task<Answer> UseAsync(ApiClient browser, SoftwareAuthenticator authenticator, string what)
    {
        switch (what)
        {
            case "an app":
                return await browser.ProveAsync(await browser.TicketAsync(person), FactorSteps.CodeOf(enrolled.Secret));
            case "a recovery code":
                return await browser.ProveAsync(await browser.TicketAsync(person), enrolled.RecoveryCodes[0]);
            case "a passkey":
                return await browser.SignInAsync(authenticator);
            case "a passkey as the second":
                var ticket = await browser.TicketAsync(person);
                var begun = await browser.PostAsync("/api/auth/login/passkey/begin/", new { ticket });
                return await browser.PostAsync("/api/auth/login/second-factor/", new { ticket, state = begun["state"], passkey = authenticator.Get(begun.PublicKey()) });
            default:
                return await client.ReauthenticateAsync(new { code = FactorSteps.CodeOf(enrolled.Secret) });
        }
    }

    [Fact]
    public async Task MF_12_Nothing_but_a_factor_calls_it_off()
    {
        await server.Database.PlantTrustAsync(person);
        await admin.ResetFactorsAsync(address);
        using var browser = server.Client();
        var ticket = await browser.TicketAsync(person);
        (await browser.ProveAsync(ticket, FactorSteps.WrongCode(enrolled.Secret))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        Assert.Equal(200, (await browser.ResetAsync(await server.Database.PlantResetAsync(person))).Status);
        await browser.TicketAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(1, await server.Database.FactorResetsAsync(person));
        await server.Database.LetResetBeDueAsync(person);
        await server.CarryOutResetsAsync();
        Assert.Equal(0, await server.Database.HasAppAsync(person));
        Assert.Equal(0, await server.Database.EventsAsync(person, "user_factor_reset_cancelled"));
    }

    [Fact]
    public async Task MF_12_When_it_is_due_every_factor_code_trust_and_session_goes_and_the_password_stays()
    {
        using var authenticator = client.Authenticator();
        server.HasProved(client);
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator)).Status);
        server.HasProved(client);
        Assert.Equal(200, (await client.BeginTotpAsync()).Status);
        await server.Database.PlantTrustAsync(person);
        using var browser = server.Client();
        var ticket = await browser.TicketAsync(person);
        await admin.ResetFactorsAsync(address);
        await server.Database.LetResetBeDueAsync(person);
        await server.CarryOutResetsAsync();
        Assert.Equal(0, await server.Database.FactorResetsAsync(person));
        Assert.Equal(["password"], await server.Database.WaysAsync(person));
        Assert.Equal((0, 0, 0), (await server.Database.TotpFactorsAsync(person), await server.Database.PasskeysAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.Equal(0, await server.Database.CountAsync("trusted_devices d JOIN users u ON u.id = d.user_id", "u.email = @email", ("email", person.Email)));
        (await client.MeAsync()).AssertAccessRefused("revoked");
        Assert.Equal("administrator", (await client.PostAsync("/api/auth/session/why/"))["reason"]);
        (await browser.ProveAsync(ticket, enrolled.RecoveryCodes[0])).AssertRefused(401, "invalid_ticket");
        Assert.Equal(401, (await browser.SignInAsync(authenticator)).Status);
        (await browser.LoginAsync(person)).AssertProved("aal1", "pwd");
        var (actor, before, after) = await server.Database.ActAsync(person, "user_factors_reset");
        Assert.Equal(await server.Database.IdAsync(administrator), actor);
        Assert.Equal(("""["password","totp","passkey"]""", """["password"]"""), (before.GetProperty("ways").GetRawText().Replace(" ", "", StringComparison.Ordinal), after.GetProperty("ways").GetRawText()));
        Assert.Contains("Your password has not changed", (await server.MailAboutAsync(person, FactorResetSteps.Done)).Text, StringComparison.Ordinal);
    }
}
