using Accounts.Tests.Admin;
using Accounts.Tests.Passwords;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>An account that waits at the address of an administrator to be: whoever has it has nothing of it any more.</summary>
public sealed class TakenOverAccountTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    /// <summary>At the fake provider, whose own her address is.</summary>
    private const string Ada = "1006";

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!, owner = null!;

    public ValueTask InitializeAsync()
    {
        (client, owner) = (server.Client(), server.Client());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RE_08_Who_has_planted_it_is_out_with_password_session_and_mailed_links()
    {
        var person = await client.SignInSomebodyAsync();
        var reset = await server.Database.PlantResetAsync(person);
        var verify = await server.Mailbox.TokenAsync(person.Email);
        var token = await server.CreateAdminAsync(person.Email);
        (await client.MeAsync()).AssertAccessRefused("revoked");
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        (await client.ResetAsync(reset)).AssertRefused(400, "invalid_token");
        await client.VerifyAsync(verify, person.Password);
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await owner.ResetAsync(token)).Status);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(200, (await owner.GetAsync(AdminSteps.Users)).Status);
    }

    [Fact]
    public async Task RE_08_Factors_and_recovery_codes_go_though_the_address_was_proved()
    {
        var (person, enrolled) = await server.EnrolSomebodyAsync(client);
        var ticket = await client.TicketAsync(person);
        await server.Database.ExecuteAsync("""
            INSERT INTO passkeys (id, user_id, aaguid, credential_id, public_key, name, created_at, counter, transports, backed_up, backup_eligible, user_verified_at_registration)
            SELECT gen_random_uuid(), id, gen_random_uuid(), sha256(id::text::bytea), '\x00', 'theirs', now(), 0, '{}', false, false, true FROM users WHERE email = @email
            """, ("email", person.Email));
        await server.Database.ChangeAsync(person, "ways = ways || '{passkey}'");
        var token = await server.CreateAdminAsync(person.Email);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{}' AND password_hash IS NULL AND email_verified"));
        Assert.Equal((0, 0), (await server.Database.TotpFactorsAsync(person), await server.Database.RecoveryCodesAsync(person)));
        Assert.Equal(0, await server.Database.CountAsync("passkeys p JOIN users u ON u.id = p.user_id", "u.email = @email", ("email", person.Email)));
        (await client.ProveAsync(ticket, FactorSteps.CodeOf(enrolled.Secret, 1))).AssertRefused(401, "invalid_ticket");
        Assert.Equal(200, (await owner.ResetAsync(token)).Status);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
    }

    [Fact]
    public async Task RE_08_A_personal_token_is_over_and_stays_so_once_the_password_is_set()
    {
        var person = await server.VerifiedAsync(client);
        var (_, planted) = await client.MakeTokenAsync();
        var token = await server.CreateAdminAsync(person.Email);
        (await client.MeAsync(planted)).AssertAccessRefused("revoked");
        Assert.Equal(200, (await owner.ResetAsync(token)).Status);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        (await client.MeAsync(planted)).AssertAccessRefused("revoked");
        Assert.Empty(await owner.TokensAsync());
    }

    [Fact]
    public async Task RE_08_A_connected_account_at_a_provider_signs_in_no_more()
    {
        var signedIn = await client.SignInAtFakeAsync(Ada);
        var email = signedIn.Json.GetProperty("user").GetProperty("email").GetString()!;
        await server.CreateAdminAsync(email);
        Assert.Equal(0, await server.Database.CountAsync("social_accounts a JOIN users u ON u.id = a.user_id", "u.email = @email", ("email", email)));
        (await client.SignInAtFakeAsync(Ada)).AssertRefused(409, "account_exists");
        Assert.Equal(1, await server.Database.UsersAsync(email, "ways = '{}' AND roles = '{admin}'"));
    }

    [Theory]
    [InlineData("is_active = false, deactivation_reason = 'Spam'"), InlineData("is_active = false, suspended_until = now() + interval '1 day'")]
    [InlineData("deleted_at = now(), erase_after = now() + interval '9 days'"), InlineData("frozen_until = now() + interval '1 day'")]
    public async Task What_kept_the_user_out_is_over(string assignment)
    {
        var person = await server.VerifiedAsync(client);
        await server.Database.ChangeAsync(person, assignment);
        var token = await server.CreateAdminAsync(person.Email);
        Assert.Equal(200, (await owner.ResetAsync(token)).Status);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(200, (await owner.GetAsync(AdminSteps.Users)).Status);
    }

    /// <summary>Who has lured its owner into confirming a change of address would have an administrator's account back by the mail to the address from before.</summary>
    [Fact]
    public async Task RE_08_No_link_to_an_address_from_before_has_it_back()
    {
        var thief = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(thief);
        var victim = Some.Email();
        await server.MoveAsync(client, victim);
        var link = await server.RecoveryTokenAsync(thief.Email, RecoverySteps.Moved);
        await server.CreateAdminAsync(victim);
        (await client.FreezeAsync(link)).AssertRefused(400, "invalid_token");
        Assert.Equal(1, await server.Database.UsersAsync(victim, "roles = '{admin}' AND frozen_until IS NULL"));
        Assert.Equal(201, (await client.RegisterAsync(Some.Username(), thief.Email)).Status);
    }

    [Fact]
    public async Task An_address_that_its_user_may_have_back_makes_nobody_an_administrator()
    {
        var person = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(person);
        await server.MoveAsync(client, Some.Email());
        (await server.CommandAsync("create-admin", person.Email)).AssertRefused("Somebody else has this e-mail address by now.");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task LG_01_The_user_is_told_by_mail_and_the_event_says_what_was_and_is()
    {
        var person = await client.SignInSomebodyAsync();
        var run = await server.DoneAsync("create-admin", person.Email);
        Assert.Contains("The account was there: its password, sessions, connected accounts, factors and mailed links of before are gone.", run.Output, StringComparison.Ordinal);
        var mail = await server.MailAboutAsync(person, CommandSteps.Made);
        Assert.DoesNotContain("token=", mail.Text, StringComparison.Ordinal);
        var (actor, before, after) = await server.Database.ActAsync(person, "administrator_made");
        Assert.Null(actor);
        Assert.Equal(
            ("false", "[]", "true", "[\"admin\"]"),
            (before.GetProperty("email_verified").GetRawText(), before.GetProperty("roles").GetRawText(), after.GetProperty("email_verified").GetRawText(), after.GetProperty("roles").GetRawText().Replace(" ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Other_roles_and_the_name_stay()
    {
        var person = await server.VerifiedAsync(client);
        await server.Database.ChangeAsync(person, "roles = '{editor}', first_name = 'Ann'");
        await server.CreateAdminAsync(person.Email);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"roles = '{{admin,editor}}' AND first_name = 'Ann' AND username = '{person.Username}'"));
    }
}
