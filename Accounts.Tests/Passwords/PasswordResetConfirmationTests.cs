using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Choosing a new password by the mailed link.</summary>
public sealed class PasswordResetConfirmationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Confirm = "/api/auth/password/reset/confirm/", Refused = """{"detail":"Invalid or expired token","code":"invalid_token"}""";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task RS_01_Scenario_7_A_token_works_once()
    {
        using var client = server.Client();
        var (person, token) = await SomebodyAsync(client);
        (await client.ResetAsync(token)).AssertBody(200, PasswordSteps.Done);
        var after = await server.Database.UserStateAsync(person);
        (await client.ResetAsync(token, "another-good-password")).AssertBody(400, Refused);
        (await client.ResetAsync(token)).AssertBody(400, Refused);
        Assert.Equal(after, await server.Database.UserStateAsync(person));
        Assert.Equal(1, await server.Database.EventsAsync(person, "password_reset"));
    }

    /// <summary>The failures of before are forgotten after the commit.</summary>
    [Fact]
    public async Task RS_01_A_reset_that_is_done_is_answered_as_done_whatever_fails_after_it()
    {
        await using var counting = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Throttling:Enabled", "true"));
        using var client = counting.Client();
        var person = await client.RegisterSomebodyAsync();
        Assert.Equal(401, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
        var token = await counting.ResetTokenAsync(client, person);
        await server.Database.ExecuteAsync("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER refuse BEFORE DELETE ON throttle_counters FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        try
        {
            (await client.ResetAsync(token)).AssertBody(200, PasswordSteps.Done);
        }
        finally
        {
            await server.Database.ExecuteAsync("DROP FUNCTION refuse() CASCADE");
        }
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    private async Task<(Person Person, string Token)> SomebodyAsync(ApiClient client)
    {
        var person = await client.RegisterSomebodyAsync();
        return (person, await server.ResetTokenAsync(client, person));
    }

    [Theory]
    [InlineData("29 minutes", 200)]
    [InlineData("31 minutes", 400)]
    public async Task RS_01_Scenario_7_A_token_lives_30_minutes(string age, int status)
    {
        using var client = server.Client();
        var (person, token) = await SomebodyAsync(client);
        await server.Database.ExecuteAsync($"UPDATE email_verification_tokens SET expires_at = expires_at - interval '{age}' WHERE email = @email", ("email", person.Email));
        Assert.Equal(status, (await client.ResetAsync(token)).Status);
        Assert.Equal(status == 200 ? 401 : 200, (await client.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task RS_03_Every_session_is_over_at_once_and_the_owner_is_told()
    {
        using var phone = server.Client();
        using var laptop = server.Client();
        using var tablet = server.Client();
        var person = await phone.SignInSomebodyAsync();
        await laptop.SignInAsync(person);
        await tablet.SignInAsync(person);
        (await phone.ResetAsync(await server.ResetTokenAsync(phone, person))).AssertBody(200, PasswordSteps.Done);
        foreach (var client in new[] { phone, laptop, tablet })
        {
            await client.AssertOutAsync();
        }
        var notice = await server.NoticeAsync(person);
        Assert.Equal("Your password at localhost was changed", notice.Subject);
        Assert.Contains("Device: Unknown device\n", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RS_04_A_reset_signs_nobody_in_and_verifies_the_address()
    {
        using var client = server.Client();
        var (person, token) = await SomebodyAsync(client);
        var answer = await client.ResetAsync(token);
        answer.AssertBody(200, PasswordSteps.Done);
        Assert.Empty(answer.SetCookies);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        Assert.True(await server.Database.IsVerifiedAsync(person));
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task RS_02_Scenario_8_The_second_reset_kills_the_first_link_and_a_pending_change_of_address()
    {
        using var client = server.Client();
        var (person, first) = await SomebodyAsync(client);
        var (change, second) = (await server.Database.PlantResetAsync(person), await server.ResetTokenAsync(client, person));
        await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET purpose = 'change' WHERE token_hash = sha256(@t::bytea)", ("t", change));
        (await client.ResetAsync(second)).AssertBody(200, PasswordSteps.Done);
        (await client.ResetAsync(first, "another-good-password")).AssertBody(400, Refused);
        Assert.Equal((0, 0), (await server.Database.LiveTokensAsync(person), await server.Database.LiveTokensAsync(person, "change")));
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Theory]
    [InlineData("email = 'moved.' || email, email_key = 'moved.' || email_key")]
    [InlineData("is_active = false")]
    [InlineData("deleted_at = now()")]
    public async Task EV_03_A_reset_token_is_refused_once_its_address_is_not_the_users_or_the_user_is_gone(string change)
    {
        using var client = server.Client();
        var (person, token) = await SomebodyAsync(client);
        var hash = await HashAsync(person);
        await server.Database.ChangeAsync(person, change);
        (await client.ResetAsync(token)).AssertBody(400, Refused);
        Assert.Equal(hash, await HashAsync(person));
    }

    private Task<string> HashAsync(Person person) =>
        server.Database.ScalarAsync<string>("SELECT password_hash FROM users WHERE username = @name", ("name", person.Username));

    [Fact]
    public async Task EV_03_Scenario_9_A_token_of_one_step_is_of_no_use_for_another()
    {
        using var client = server.Client();
        var (person, verify) = await server.RegisterSomebodyAsync(client);
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        var reset = await server.ResetTokenAsync(client, person);
        var before = await server.Database.UserStateAsync(person);
        Assert.All([await client.ResetAsync(verify), await client.ResetAsync(code)], answer => answer.AssertBody(400, Refused));
        Assert.All([await client.VerifyAsync(reset), await client.CheckAsync(reset), await client.RejectAsync(reset)], answer => answer.AssertRefused(400, "invalid_token"));
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        (await client.ResetAsync(reset)).AssertBody(200, PasswordSteps.Done);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    [InlineData("💥")]
    public async Task RS_05_Scenario_9_Nobodys_password_is_set_without_the_mailed_token(string token)
    {
        using var client = server.Client();
        using var knowing = server.Client();
        var (person, _) = await SomebodyAsync(client);
        var (before, id) = (await server.Database.UserStateAsync(person), await server.Database.ScalarAsync<Guid>("SELECT id FROM users WHERE email = @e", ("e", person.Email)));
        (await client.ResetAsync(token)).AssertBody(400, Refused);
        var named = new { token, new_password = Some.OtherPassword, uid = id, user_id = id, email = person.Email, username = person.Username };
        (await client.PostAsync(Confirm, named)).AssertBody(400, Refused);
        (await client.PostAsync(Confirm, named)).AssertBody(400, Refused);
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        Assert.Equal(1, await server.Database.LiveTokensAsync(person));
    }

    [Fact]
    public async Task RS_05_Scenario_9_A_token_sets_its_own_users_password_whomever_the_body_names()
    {
        using var client = server.Client();
        var (victim, attacker) = (await client.RegisterSomebodyAsync(), await client.RegisterSomebodyAsync());
        var token = await server.ResetTokenAsync(client, attacker);
        var (before, id) = (await server.Database.UserStateAsync(victim), await server.Database.ScalarAsync<Guid>("SELECT id FROM users WHERE email = @e", ("e", victim.Email)));
        var answer = await client.PostAsync(Confirm, new { token, new_password = Some.OtherPassword, uid = id, user_id = id, email = victim.Email });
        answer.AssertBody(200, PasswordSteps.Done);
        Assert.Equal(before, await server.Database.UserStateAsync(victim));
        (await client.LoginAsync(victim with { Password = Some.OtherPassword })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.LoginAsync(attacker with { Password = Some.OtherPassword })).Status);
    }

    [Theory]
    [InlineData("GET", "/reset-password", 200)]
    [InlineData("HEAD", "/reset-password", 200)]
    [InlineData("GET", "/reset-password?token={token}", 200)]
    [InlineData("GET", "/forgot-password", 200)]
    [InlineData("GET", "/api/auth/password/reset/confirm/?token={token}&new_password=battery-staple-7", 405)]
    [InlineData("HEAD", "/api/auth/password/reset/confirm/?token={token}&new_password=battery-staple-7", 405)]
    public async Task RS_05_Scenario_11_A_scanner_that_follows_the_link_uses_nothing_up(string method, string link, int status)
    {
        using var scanner = server.Client("Mozilla/5.0 (compatible; Barracuda Link Protection)");
        var (person, token) = await SomebodyAsync(scanner);
        var before = await server.Database.UserStateAsync(person);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(status, (await scanner.SendAsync(new HttpMethod(method), link.Replace("{token}", token, StringComparison.Ordinal), null)).Status);
        }
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        (await scanner.ResetAsync(token)).AssertBody(200, PasswordSteps.Done);
    }

    [Fact]
    public async Task The_new_password_may_be_typed_twice_and_a_uid_is_ignored()
    {
        using var client = server.Client();
        var (person, token) = await SomebodyAsync(client);
        var mistyped = await client.PostAsync(Confirm, new { uid = "MQ", token, new_password1 = Some.OtherPassword, new_password2 = Some.Password });
        mistyped.AssertBody(400, """{"new_password2":["The two password fields didn’t match."]}""");
        var answer = await client.PostAsync(Confirm, new { uid = "MQ", token, new_password1 = Some.OtherPassword, new_password2 = Some.OtherPassword });
        answer.AssertBody(200, PasswordSteps.Done);
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task All_that_is_missing_is_told_at_once()
    {
        using var client = server.Client();
        (await client.PostAsync(Confirm, new { })).AssertBody(400, """{"token":["This field is required."],"new_password":["This field is required."]}""");
        (await client.PostAsync(Confirm, new { token = "x", new_password1 = "a" })).AssertBody(400, """{"new_password2":["This field is required."]}""");
    }
}
