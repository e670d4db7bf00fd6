using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SecondFactor;

/// <summary>What changes of second factors ask for, and what follows from them.</summary>
public sealed class FactorChangeTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!, elsewhere = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (client, elsewhere) = (server.Client(), server.Client());
        person = await server.SignInVerifiedAsync(client);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        elsewhere.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("added", "factor_added", "A second factor was added")]
    [InlineData("another", "factor_added", "A second factor was added")]
    [InlineData("removed", "factor_removed", "A second factor was removed")]
    [InlineData("codes", "recovery_codes_made", "New recovery codes")]
    public async Task MF_07_Every_other_session_and_sign_in_ends_and_the_owner_is_told(string what, string kind, string subject)
    {
        if (what == "added")
        {
            await elsewhere.SignInAsync(person);
        }
        else
        {
            var enrolled = await client.EnrolAsync();
            server.HasProved(client);
            elsewhere.Access = (await elsewhere.ProveAsync(await elsewhere.TicketAsync(person), enrolled.RecoveryCodes[0])).Access;
        }
        var (stamp, device) = (await StampAsync(), client.Cookies["device"]);
        var (events, mails) = (await server.Database.EventsAsync(person, kind), server.MailsAbout(person.Email, subject).Count);
        await DoAsync(what);
        await elsewhere.AssertOutAsync();
        Assert.Equal("user_ended", (await elsewhere.PostAsync("/api/auth/session/why/"))["reason"]);
        Assert.Equal((200, 200), ((await client.MeAsync()).Status, (await client.RefreshAsync()).Status));
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        Assert.NotEqual(stamp, await StampAsync());
        Assert.NotEqual(device, client.Cookies["device"]);
        Assert.Equal(events + 1, await server.Database.EventsAsync(person, kind));
        var link = await server.RecoveryTokenAsync(person.Email, subject, what == "another" ? 2 : mails + 1);
        Assert.Contains(kind, (await client.ReviewAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal((what == "removed" ? 0 : 1, what == "removed" ? 0 : 10), (await server.Database.HasAppAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.Contains($"\"kind\":\"{kind}\"", (await client.GetAsync("/api/auth/me/events/")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("added"), InlineData("removed"), InlineData("codes")]
    public async Task MF_07_A_sign_in_of_longer_ago_changes_nothing(string what)
    {
        await client.EnrolAsync();
        var id = await client.FactorIdAsync();
        server.HasProved(client, ago: TimeSpan.FromMinutes(10));
        var before = await server.Database.DumpOfFactorsAsync(person);
        var answer = what switch
        {
            "added" => await client.BeginTotpAsync(),
            "removed" => await client.RemoveFactorAsync(id),
            _ => await client.PostAsync(FactorSteps.RecoveryCodes),
        };
        answer.AssertRefused(403, "reauthentication_required");
        Assert.Equal(before, await server.Database.DumpOfFactorsAsync(person));
        Assert.Equal(200, (await client.RenameFactorAsync(id, new { name = "Still mine" })).Status);
    }

    [Fact]
    public async Task MF_07_A_device_that_was_no_known_one_becomes_none_by_it()
    {
        elsewhere.Access = client.Access;
        var secret = (await elsewhere.BeginTotpAsync())["secret"]!;
        Assert.Empty((await elsewhere.ConfirmTotpAsync(FactorSteps.CodeOf(secret))).SetCookies);
    }

    [Fact]
    public async Task MF_05_With_the_last_factor_its_recovery_codes_go_and_not_before()
    {
        await client.EnrolAsync();
        server.HasProved(client);
        await client.EnrolAsync();
        Assert.Equal(204, (await client.RemoveFactorAsync(await client.FactorIdAsync())).Status);
        Assert.Equal((1, 10), (await server.Database.HasAppAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.Equal(204, (await client.RemoveFactorAsync(await client.FactorIdAsync())).Status);
        Assert.Equal((0, 0), (await server.Database.TotpFactorsAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.Equal("""["password"]""", (await client.MeAsync())["ways"]);
        Assert.Equal(10, (await client.EnrolAsync()).RecoveryCodes.Length);
    }

    [Fact]
    public async Task MF_05_A_passkey_brings_recovery_codes_too_and_they_stay_as_long_as_any_factor_does()
    {
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync(person.Email))).Status);
        await client.SignInAsync(person);
        using SoftwareAuthenticator first = client.Authenticator(), second = client.Authenticator();
        var codes = (await client.AddPasskeyAsync(first)).Codes();
        Assert.Equal(10, codes.Distinct().Count());
        server.HasProved(client);
        Assert.Null((await client.AddPasskeyAsync(second))["recovery_codes"]);
        Assert.Empty((await client.EnrolAsync()).RecoveryCodes);
        foreach (var passkey in (await client.GetAsync(FactorSteps.Factors)).Json.GetProperty("passkeys").EnumerateArray())
        {
            Assert.Equal(204, (await client.RemoveFactorAsync(passkey.GetProperty("id").GetString()!)).Status);
        }
        Assert.NotNull(await server.TryCodeAsync(person, codes[0]));
        Assert.Equal(204, (await client.RemoveFactorAsync(await client.FactorIdAsync())).Status);
        Assert.Equal(0, await server.Database.RecoveryCodesAsync(person));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}'"));
    }

    [Fact]
    public async Task A_factor_has_the_name_that_its_user_gives_it_and_is_nobody_elses()
    {
        await client.EnrolAsync();
        var id = await client.FactorIdAsync();
        var answer = await client.RenameFactorAsync(id, new { name = " Work phone " });
        Assert.Equal((200, id, "Work phone"), (answer.Status, answer["id"], answer["name"]));
        Assert.Equal("Work phone", (await client.AppsAsync())[0].GetProperty("name").GetString());
        (await client.RenameFactorAsync(id, new { name = " " })).AssertBody(400, """{"name":["This field may not be blank."]}""");
        (await client.RenameFactorAsync(id, new { name = new string('x', 101) })).AssertBody(400, """{"name":["Ensure this field has no more than 100 characters."]}""");
        await server.SignInVerifiedAsync(elsewhere);
        foreach (var nobodys in new[] { id, $"{Guid.NewGuid()}", "1", "totp" })
        {
            (await elsewhere.RenameFactorAsync(nobodys, new { name = "Mine now" })).AssertRefused(404, "not_found");
            (await elsewhere.RemoveFactorAsync(nobodys)).AssertRefused(404, "not_found");
        }
        Assert.Equal(1, await server.Database.TotpFactorsAsync(person, "name = 'Work phone'"));
    }

    [Fact]
    public async Task RS_04_Neither_a_reset_nor_a_change_takes_a_factor_away_and_what_was_begun_goes()
    {
        var before = await client.EnrolAsync();
        client.Access = (await client.ProveAsync(await client.TicketAsync(person), before.RecoveryCodes[0])).Access;
        Assert.Equal(200, (await client.BeginTotpAsync()).Status);
        var changed = await client.ChangePasswordAsync(person.Password, Some.OtherPassword);
        Assert.Equal((200, 0), (changed.Status, await server.Database.TotpFactorsAsync(person, "confirmed_at IS NULL")));
        Assert.Equal(200, (await client.ResetAsync(await server.Database.PlantResetAsync(person))).Status);
        Assert.Equal((1, 10), (await server.Database.HasAppAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(before.Secret, 1)));
    }

    [Fact]
    public async Task RS_04_What_somebody_had_of_an_account_that_nobody_had_proved_goes_with_the_rest()
    {
        await client.EnrolAsync();
        await server.Database.ChangeAsync(person, "email_verified = false, verified_by = NULL, verified_at = NULL");
        Assert.Equal(200, (await client.ResetAsync(await server.Database.PlantResetAsync(person))).Status);
        Assert.Equal((0, 0), (await server.Database.TotpFactorsAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}'"));
        Assert.Equal(1, await server.Database.EventsAsync(person, "factor_removed"));
    }

    private async Task DoAsync(string what)
    {
        switch (what)
        {
            case "removed":
                Assert.Equal(204, (await client.RemoveFactorAsync(await client.FactorIdAsync())).Status);
                break;
            case "codes":
                Assert.Equal(10, (await client.PostAsync(FactorSteps.RecoveryCodes)).Codes().Length);
                break;
            default:
                await client.EnrolAsync();
                break;
        }
    }

    private Task<string> StampAsync() => server.Database.ScalarAsync<string>("SELECT security_stamp FROM users WHERE email = @email", ("email", person.Email));
}
