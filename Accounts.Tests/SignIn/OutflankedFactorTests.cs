using Accounts.Tests.EmailChange;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passkeys;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Recovery;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Ways around a second factor that have been tried on this server: by the mailbox alone, by what was begun before, by waiting.</summary>
public sealed class OutflankedFactorTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private ApiClient owner = null!, thief = null!;

    public ValueTask InitializeAsync()
    {
        (owner, thief) = (server.Client(), server.Client());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>An account whose mail was read on the phone once lost every factor to who reads the mail.</summary>
    [Theory]
    [InlineData("an app"), InlineData("a passkey")]
    public async Task MF_06_Who_reads_the_mail_of_an_account_that_was_verified_elsewhere_has_no_factor_away(string what)
    {
        var (person, _) = await server.EnrolSomebodyAsync(owner);
        using var authenticator = owner.Authenticator();
        if (what == "a passkey")
        {
            server.HasProved(owner);
            Assert.Equal(201, (await owner.AddPasskeyAsync(authenticator)).Status);
        }
        await server.Database.ChangeAsync(person, "verified_by = 'link_elsewhere'");
        var before = (await server.Database.WaysAsync(person), await server.Database.TotpFactorsAsync(person), await server.Database.PasskeysAsync(person));
        var token = (await thief.SignInAsync(provider, Identity.OfGitHub(person.Email)))["link_token"];
        var mails = server.Mailbox.To(person.Email).Count;
        Assert.Equal(200, (await thief.AskLinkCodeAsync(new { link_token = token })).Status);
        var mail = await server.Mailbox.WaitAsync(person.Email, mails + 1);
        var answer = await thief.LinkAsync(new { link_token = token, code = LinkSteps.LinkCodeOf(mail) });
        answer.AssertRefused(403, "second_factor_required");
        Assert.Null(thief.RefreshCookie);
        Assert.Equal((before.Item2, before.Item3), (await server.Database.TotpFactorsAsync(person), await server.Database.PasskeysAsync(person)));
        Assert.Subset((await server.Database.WaysAsync(person)).ToHashSet(), before.Item1.ToHashSet());
        Assert.Equal(200, (await thief.ResetAsync(await server.Database.PlantResetAsync(person))).Status);
        (await thief.LoginAsync(person with { Password = Some.OtherPassword })).AssertRefused(403, "second_factor_required");
    }

    [Fact]
    public async Task SG_08_Who_reads_the_mail_of_an_account_that_was_verified_elsewhere_freezes_no_passkey_away()
    {
        var (person, authenticator) = await server.SignInWithPasskeyAsync(owner);
        await server.Database.ChangeAsync(person, "verified_by = 'link_elsewhere'");
        await server.Database.ExecuteAsync("UPDATE account_changes SET expires_at = clock_timestamp(), at = at - interval '8 days' WHERE email = @email", ("email", person.Email));
        Assert.Equal(200, (await thief.ResetAsync(await server.Database.PlantResetAsync(person), "stolen-tulips-44")).Status);
        Assert.Equal(200, (await thief.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        (await thief.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen))).AssertRefused(403, "second_factor_required");
        Assert.Equal(1, await server.Database.PasskeysAsync(person));
        authenticator.Dispose();
    }

    /// <summary>An account with somebody else's address would keep its owner out for good by an app that no reset takes away.</summary>
    [Theory]
    [InlineData("email_verified = false, verified_by = NULL, verified_at = NULL"), InlineData("verified_by = 'link_elsewhere'")]
    public async Task SG_01_Who_has_not_shown_to_read_the_mail_adds_a_factor_after_a_mailed_code(string state)
    {
        var person = await server.SignInVerifiedAsync(owner);
        await server.Database.ChangeAsync(person, state);
        var verified = await server.Database.EventsAsync(person, "email_verified");
        foreach (var begun in new[] { await owner.BeginTotpAsync(), await owner.BeginAdditionAsync() })
        {
            begun.AssertRefused(403, "reauthentication_required");
            Assert.Equal("""["mail"]""", begun["methods"]);
        }
        var mails = server.Mailbox.To(person.Email).Count;
        Assert.Equal(200, (await owner.PostAsync("/api/auth/reauthenticate/mail/")).Status);
        var code = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(person.Email, mails + 1));
        var answer = await owner.ReauthenticateAsync(new { mail_code = code });
        answer.AssertProved("aal1", "mail");
        owner.Access = answer.Access;
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND verified_by = 'code'"));
        Assert.Equal(verified + (state.StartsWith("email_verified", StringComparison.Ordinal) ? 1 : 0), await server.Database.EventsAsync(person, "email_verified"));
        Assert.Equal(200, (await owner.BeginTotpAsync()).Status);
        Assert.Equal(200, (await owner.BeginAdditionAsync()).Status);
        // Now there is nothing to prove by a mail any more.
        (await owner.PostAsync("/api/auth/reauthenticate/mail/")).AssertRefused(403, "reauthentication_required");
    }

    [Fact]
    public async Task SG_02_An_app_that_a_thief_has_begun_in_a_shared_session_is_nothing_once_the_owner_has_a_factor()
    {
        await server.SignInVerifiedAsync(owner);
        var seed = (await owner.BeginTotpAsync())["secret"]!;
        var stolen = owner.Access;
        using var authenticator = owner.Authenticator();
        Assert.Equal(201, (await owner.AddPasskeyAsync(authenticator)).Status);
        owner.Access = stolen;
        (await owner.BeginTotpAsync()).AssertRefused(403, "reauthentication_required");
        (await owner.ConfirmTotpAsync(FactorSteps.CodeOf(seed))).AssertRefused(400, "enrolment_expired");
    }

    [Fact]
    public async Task SG_01_A_change_of_address_that_a_thief_has_asked_for_is_over_once_the_owner_has_a_factor()
    {
        var person = await server.SignInVerifiedAsync(owner);
        await thief.SignInAsync(person);
        var mailbox = Some.Email();
        (await thief.AskChangeAsync(mailbox, person.Password)).AssertBody(200, EmailChangeSteps.Asked);
        var link = Mailbox.TokenOf(await server.Mailbox.WaitAsync(mailbox));
        await owner.EnrolAsync();
        (await thief.ConfirmChangeAsync(link)).AssertRefused(400, "invalid_token");
        Assert.Equal((1, 0), (await server.Database.UsersAsync(person.Email), await server.Database.UsersAsync(mailbox)));
    }

    /// <summary>The wait of a day and the freeze ended in the same minute, and the thief's app stayed for ever.</summary>
    [Fact]
    public async Task SG_08_Who_stops_a_thief_on_the_last_day_still_has_the_account_back_after_the_wait()
    {
        var person = await server.SignInVerifiedAsync(owner);
        await thief.SignInAsync(person);
        await thief.EnrolAsync();
        await server.Database.ExecuteAsync(
            "UPDATE account_changes SET at = at - interval '6 days 12 hours', expires_at = expires_at - interval '6 days 12 hours' WHERE email = @email", ("email", person.Email));
        var link = await server.RecoveryTokenAsync(person.Email, "was added");
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen))).AssertRefused(403, "recovery_waits");
        // A day and a night later.
        await server.Database.ExecuteAsync("""
            UPDATE account_changes SET at = at - interval '36 hours', expires_at = expires_at - interval '36 hours', frozen_at = frozen_at - interval '36 hours' WHERE email = @email
            """, ("email", person.Email));
        await server.Database.ChangeAsync(person, "frozen_until = frozen_until - interval '36 hours'");
        (await thief.LoginAsync(person)).AssertRefused(403, "account_frozen");
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        Assert.Equal(200, (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen, 2))).Status);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(0, await server.Database.TotpFactorsAsync(person));
    }

    /// <summary>The cookie of a redirect that asked for a factor once turned every passkey sign-in of the next minutes into something else.</summary>
    [Fact]
    public async Task A_page_that_asks_for_anybodys_passkey_gets_that_whatever_sign_in_waits_in_a_cookie()
    {
        var (_, authenticator) = await server.SignInWithPasskeyAsync(owner);
        using var other = server.Client();
        await server.SignInVerifiedAsync(other);
        var identity = Identity.OfGitHub();
        Assert.Equal(200, (await other.ConnectAsync(provider, identity)).Status);
        await other.EnrolAsync();
        var back = await thief.GetAsync(await thief.LeaveAsync(provider, identity));
        Assert.Contains("error=second_factor_required", back.Header("Location"), StringComparison.Ordinal);
        var begun = await thief.PostAsync("/api/auth/login/passkey/begin/", new { });
        Assert.False(begun.PublicKey().TryGetProperty("allowCredentials", out _));
        Assert.Equal(200, (await thief.FinishSignInAsync(begun["state"], authenticator.Get(begun.PublicKey()))).Status);
        authenticator.Dispose();
    }

    [Fact]
    public async Task MF_12_A_token_of_two_factors_is_one_of_one_once_the_last_is_gone()
    {
        await using var introspected = await shared.StartAnotherAsync(("Accounts:Tokens:IntrospectionClients", "shop:a-secret-of-the-tests-0123456789"));
        using var client = introspected.Client();
        await introspected.EnrolSomebodyAsync(client);
        introspected.HasProved(client);
        var token = client.Access!;
        async Task<(string?, string?)> SeenAsync()
        {
            var answer = await client.PostAsync("/api/auth/introspect/", new { token }, ("Authorization", $"Basic {Convert.ToBase64String("shop:a-secret-of-the-tests-0123456789"u8)}"));
            return (answer["acr"], answer["amr"]);
        }
        client.Access = null;
        Assert.Equal(("aal2", """["pwd","otp","mfa"]"""), await SeenAsync());
        client.Access = token;
        Assert.Equal(204, (await client.RemoveFactorAsync(await client.FactorIdAsync())).Status);
        client.Access = null;
        Assert.Equal(("aal1", """["pwd","otp"]"""), await SeenAsync());
    }
}
