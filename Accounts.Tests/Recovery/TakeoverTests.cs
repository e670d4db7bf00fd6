using Accounts.Tests.EmailChange;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>What a thief who has changed the address does against its owner's links, and whoever gets hold of the address in the meantime.</summary>
public sealed class TakeoverTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private const string Stolen = "stolen-tulips-44", Back = """{"detail":"Your account is as it was. Sign in with the new password.","kept":[]}""";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly string mailbox = Some.Email();
    private ApiClient owner = null!, thief = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, thief) = (server.Client(UserAgents.Firefox), server.Client(UserAgents.Chrome));
        person = await server.SignInVerifiedAsync(owner);
        await thief.StealAsync(person, Stolen);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The link of the change itself is void then; what it keeps must not be.</summary>
    [Theory]
    [InlineData("A new device"), InlineData(RecoverySteps.Changed)]
    public async Task SG_08_Nobody_gets_the_address_while_it_is_frozen_by_the_link_of_an_earlier_mail(string subject)
    {
        await server.MoveAsync(thief, mailbox);
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, subject))).Status);
        using var other = server.Client();
        (await other.RegisterAsync(Some.Person() with { Email = person.Email })).AssertBody(400, """{"email":["user with this email already exists."]}""");
        (await other.SignInAsync(provider, Identity.OfGoogle(person.Email))).AssertRefused(409, "email_taken");
        await AssertHadBackAsync();
    }

    [Fact]
    public async Task SG_08_A_thief_who_confirms_elsewhere_and_signs_in_by_a_provider_ends_no_link_of_the_owners()
    {
        using var phone = server.Client();
        (await phone.ConfirmChangeAsync(await server.ChangeTokenAsync(thief, mailbox))).AssertBody(200, EmailChangeSteps.Done);
        var offer = await phone.SignInAsync(provider, Identity.OfGoogle(mailbox));
        offer.AssertRefused(409, "account_exists");
        Assert.Equal("""["password"]""", offer["methods"]);
        var mails = server.Mailbox.To(mailbox).Count;
        Assert.Equal(200, (await phone.AskLinkCodeAsync(new { link_token = offer["link_token"] })).Status);
        await server.Database.WorkedOffAsync();
        Assert.Equal(mails, server.Mailbox.To(mailbox).Count);
        // Nor by an address that they prove beside the provider.
        var link = await server.LinkTokenAsync(phone, provider, Identity.OfGitHub().WithoutEmails(), mailbox, mails + 1);
        (await phone.LinkAsync(new { link_token = link, code = "12345678" })).AssertRefused(401, "invalid_credentials");
        // By the password it is a change as any other.
        Assert.Equal(200, (await phone.LinkAsync(new { link_token = link, password = Stolen })).Status);

        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Moved))).Status);
        await AssertHadBackAsync();
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}'"));
    }

    [Fact]
    public async Task SG_08_A_thief_who_resets_at_their_own_address_ends_no_link_of_the_owners()
    {
        using var phone = server.Client();
        (await phone.ConfirmChangeAsync(await server.ChangeTokenAsync(thief, mailbox))).AssertBody(200, EmailChangeSteps.Done);
        Assert.Equal(200, (await phone.ResetAsync(await server.ResetTokenAsync(phone, person with { Email = mailbox }), "stolen-again-5")).Status);
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Moved))).Status);
        await AssertHadBackAsync();
    }

    /// <summary>It would thaw the account in a moment, and the better links were void for good.</summary>
    [Fact]
    public async Task SG_08_A_link_with_half_a_minute_left_freezes_for_as_long_as_those_that_it_makes_void()
    {
        await server.MoveAsync(thief, mailbox);
        var (first, moved) = (await server.RecoveryTokenAsync(person.Email, "A new device"), await server.RecoveryTokenAsync(person.Email, RecoverySteps.Moved));
        await server.Database.ExecuteAsync(
            "UPDATE account_changes SET expires_at = clock_timestamp() + interval '30 seconds' WHERE email = @email AND kind = 'signed_in_on_new_device'", ("email", person.Email));
        Assert.Equal(200, (await owner.FreezeAsync(moved)).Status);
        Assert.Equal(200, (await thief.FreezeAsync(first)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(mailbox, "frozen_until > clock_timestamp() + interval '6 days'"));
        Assert.Equal(1, await server.Database.CountAsync(
            "account_changes c JOIN users u ON u.id = c.user_id", "u.email = @email AND c.frozen_at IS NOT NULL AND c.void_at IS NULL AND c.expires_at >= u.frozen_until", ("email", mailbox)));
        await LetHalfAMinutePassAsync(mailbox);
        (await thief.LoginAsync(person with { Email = mailbox, Password = Stolen })).AssertRefused(403, "account_frozen");
        await AssertHadBackAsync(mails: 2);
    }

    [Fact]
    public async Task SG_08_The_last_link_in_its_last_half_minute_freezes_for_longer_than_its_mail_lives()
    {
        var link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        await server.Database.ExecuteAsync("UPDATE account_changes SET expires_at = clock_timestamp() + interval '30 seconds' WHERE email = @email", ("email", person.Email));
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "frozen_until > clock_timestamp() + interval '23 hours'"));
        await LetHalfAMinutePassAsync(person.Email);
        await AssertHadBackAsync();
    }

    /// <summary>For the links of the user who has the address now.</summary>
    private Task LetHalfAMinutePassAsync(string email) => server.Database.ExecuteAsync("""
        WITH thawed AS (UPDATE users SET frozen_until = frozen_until - interval '31 seconds' WHERE email = @email RETURNING id)
        UPDATE account_changes SET at = at - interval '31 seconds', expires_at = expires_at - interval '31 seconds', frozen_at = frozen_at - interval '31 seconds'
        WHERE user_id IN (SELECT id FROM thawed)
        """, ("email", email));

    /// <summary>The index lets it wait for the change, and a look before that wait has seen nothing.</summary>
    [Fact]
    public async Task SG_08_A_sign_up_in_flight_does_not_get_the_address_as_it_is_left()
    {
        using var other = server.Client();
        Task<Answer> registering;
        await using (var change = await HeldTransaction.BeginAsync(server.Database))
        {
            await change.ExecuteAsync("""
                INSERT INTO account_changes (id, user_id, kind, email, reserved_email, ip, user_agent, token_hash)
                SELECT gen_random_uuid(), id, 'email_changed', email, email_key, '192.0.2.1', 'Tests', decode(md5(id::text), 'hex') FROM users WHERE email = @email
                """, ("email", person.Email));
            await change.ExecuteAsync("UPDATE users SET email = @now, email_key = @now WHERE email = @email", ("email", person.Email), ("now", mailbox));
            registering = other.RegisterAsync(Some.Person() with { Email = person.Email });
            await Until.TrueAsync(async () => await server.Database.BlockedAsync() >= 1, "the sign-up waits for the index");
            await change.CommitAsync();
        }
        (await registering).AssertBody(400, """{"email":["user with this email already exists."]}""");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    /// <summary>It was a slip of the pen: the account is not the stranger's.</summary>
    [Theory]
    [InlineData(RecoverySteps.Changed), InlineData(RecoverySteps.Moved)]
    public async Task SG_08_Who_reads_a_mistyped_address_that_nobody_proved_cannot_take_the_account_when_it_is_mended(string subject)
    {
        using var somebody = server.Client();
        var mistyped = await somebody.SignInSomebodyAsync();
        somebody.Access = (await somebody.PostAsync("/api/auth/password/change/", new { old_password = mistyped.Password, new_password = Stolen }))["access"];
        var link = await server.RecoveryTokenAsync(mistyped.Email, RecoverySteps.Changed);
        await server.MoveAsync(somebody, mailbox);
        await server.Database.WorkedOffAsync();
        if (subject == RecoverySteps.Moved)
        {
            Assert.Empty(server.MailsAbout(mistyped.Email, subject));
            Assert.Equal(0, await server.Database.CountAsync("account_changes", "email = @email AND kind = 'email_changed'", ("email", mistyped.Email)));
        }
        using var stranger = server.Client();
        (await stranger.FreezeAsync(link)).AssertRefused(400, "invalid_token");
        Assert.Equal(200, (await somebody.MeAsync()).Status);
        // Nor is it kept for an account that has never proved it.
        Assert.Equal(201, (await stranger.RegisterAsync(Some.Person() with { Email = mistyped.Email })).Status);
    }

    /// <summary>Only who writes to the table can have given it away. The thief's own address, which would stay, is a reset away from the account.</summary>
    [Fact]
    public async Task SG_08_Where_the_address_cannot_come_back_nothing_does_and_the_thief_stays_out()
    {
        await server.MoveAsync(thief, mailbox);
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        await server.Database.ExecuteAsync("UPDATE account_changes SET reserved_email = NULL WHERE email = @email", ("email", person.Email));
        using var other = server.Client();
        Assert.Equal(201, (await other.RegisterAsync(Some.Person() with { Email = person.Email })).Status);
        var recover = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        (await owner.RecoverAsync(recover)).AssertRefused(409, "email_taken");
        (await thief.LoginAsync(person with { Email = mailbox, Password = Stolen })).AssertRefused(403, "account_frozen");
        // And when it can, the same link does it.
        await server.Database.ExecuteAsync("DELETE FROM users WHERE email = @email", ("email", person.Email));
        (await owner.RecoverAsync(recover)).AssertBody(200, Back);
    }

    /// <summary>Its secret is out of the list: the address stands beside it, and the mail has proved it.</summary>
    [Fact]
    public async Task SG_08_The_address_comes_back_where_what_was_sealed_cannot_be_opened_any_more()
    {
        await server.MoveAsync(thief, mailbox);
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Moved))).Status);
        await server.Database.ExecuteAsync("UPDATE account_changes SET reverse = '\\x00' WHERE email = @email AND reverse IS NOT NULL", ("email", person.Email));
        var answer = await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen));
        Assert.Equal((200, """["email_changed"]"""), (answer.Status, answer["kept"]));
        Assert.Equal((1, 0), (await server.Database.UsersAsync(person.Email, "email_verified AND verified_by = 'reset'"), await server.Database.UsersAsync(mailbox)));
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
    }

    [Fact]
    public async Task SG_08_What_was_gathered_is_not_told_when_all_of_it_is_undone()
    {
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(200, (await thief.ConnectAsync(provider, Identity.OfGitHub())).Status);
            Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        }
        Assert.Equal("queued", await GatheredAsync());
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed))).Status);
        Assert.Equal("queued", await GatheredAsync());
        await AssertHadBackAsync();
        Assert.Equal("abandoned", await GatheredAsync());
        Task<string> GatheredAsync() =>
            server.Database.ScalarAsync<string>("SELECT state FROM outbox_messages WHERE recipient = @email AND template = 'more_changes'", ("email", person.Email));
    }

    private async Task AssertHadBackAsync(int mails = 1)
    {
        (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen, mails))).AssertBody(200, Back);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal((1, 0), (await server.Database.UsersAsync(person.Email, "email_verified AND frozen_until IS NULL"), await server.Database.UsersAsync(mailbox)));
        (await thief.LoginAsync(person with { Password = Stolen })).AssertRefused(401, "invalid_credentials");
        (await thief.LoginAsync(person with { Email = mailbox, Password = Stolen })).AssertRefused(401, "invalid_credentials");
    }
}
