using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Whoever's provider vouches for no address names one, and types the code that its mailbox shows.</summary>
public sealed class SocialCompletionTests(SocialServer shared) : IClassFixture<SocialServer>, IDisposable
{
    private const string Asked = """{"detail":"A mail is on its way. Its link shows a code."}""";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client();
    private readonly Identity identity = Identity.OfGoogle().Without("email");
    private readonly string email = Some.Email();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task SG_11_The_code_of_the_mailed_link_makes_the_account_with_that_address_verified()
    {
        var ticket = await client.TicketAsync(provider, identity);
        (await client.CompleteAsync(ticket, email)).AssertBody(200, Asked);
        var mail = await server.Mailbox.WaitAsync(email);
        var code = await server.ShownCodeAsync(email);
        Assert.Matches(@"^\d{6}$", code);
        Assert.DoesNotContain(code, mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.Contains($"{server.Address}address#token=", mail.Text, StringComparison.Ordinal);
        var answer = await client.ConfirmAsync(ticket, $" {code[..3]}-{code[3..]} ");
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal((email, "true", """["google"]"""), Told(answer));
        Assert.Equal(1, await server.Database.AccountsAsync(
            identity, $"u.email = '{email}' AND u.email_verified AND u.verified_by = 'code' AND u.ways = '{{google}}' AND u.password_hash IS NULL AND a.email IS NULL"));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        Assert.Equal((email, "true", """["google"]"""), Told(await client.SignInAsync(provider, identity)));
        (await client.ConfirmAsync(ticket, code)).AssertRefused(400, "invalid_token");
    }

    private static (string?, string?, string) Told(Answer answer)
    {
        var user = answer.Json.GetProperty("user");
        return (user.GetProperty("email").GetString(), user.GetProperty("email_verified").GetRawText(), user.GetProperty("providers").GetRawText());
    }

    [Fact]
    public async Task SG_11_Whether_somebody_has_the_address_is_told_to_its_mailbox_alone_and_the_account_needs_its_own_proof()
    {
        using var owner = server.Client();
        var person = await server.SignInVerifiedAsync(owner);
        var ticket = await client.TicketAsync(provider, identity);
        var (free, taken) = (await client.CompleteAsync(ticket, email), await client.CompleteAsync(ticket, person.Email));
        Assert.Equal(free.Visible(), taken.Visible());
        var mail = await server.Mailbox.WaitAsync(person.Email, 2);
        Assert.Equal("Somebody wants to sign in to localhost with Google", mail.Subject);
        Assert.Contains(person.Username, mail.Text, StringComparison.Ordinal);
        var met = await client.ConfirmAsync(ticket, await server.ShownCodeAsync(person.Email, 2));
        met.AssertRefused(409, "account_exists");
        Assert.Equal("""["password","mail"]""", met["methods"]);
        Assert.Equal((null, 0), (client.RefreshCookie, await server.Database.AccountsAsync(identity)));
        (await client.ConfirmAsync(ticket, "000000")).AssertRefused(400, "invalid_token");
        var linked = await client.LinkAsync(new { link_token = met["link_token"], password = person.Password });
        Assert.Equal(200, linked.Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.email = '{person.Email}'"));
        Assert.Contains("Google was connected", (await server.Mailbox.WaitAsync(person.Email, 3)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SG_11_A_ticket_is_dead_after_five_wrong_codes_whatever_mails_are_asked_for_meanwhile()
    {
        var ticket = await client.TicketAsync(provider, identity);
        await client.CompleteAsync(ticket, email);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await client.ConfirmAsync(ticket, LinkSteps.Wrong(await server.ShownCodeAsync(email, 1 + (attempt / 3))))).AssertRefused(401, "invalid_credentials");
            Assert.Equal(200, attempt == 2 ? (await client.CompleteAsync(ticket, email)).Status : 200);
        }
        using var phone = server.Client();
        (await phone.ShowCodeAsync(await server.Mailbox.TokenAsync(email, 2))).AssertRefused(400, "invalid_token");
        (await client.CompleteAsync(ticket, email)).AssertRefused(400, "invalid_token");
        (await client.ConfirmAsync(ticket, "123456")).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.UsersAsync(email));
    }

    [Fact]
    public async Task SG_11_A_code_is_good_with_its_own_ticket_and_until_the_next_mail()
    {
        var (ticket, other) = (await client.TicketAsync(provider, identity), await client.TicketAsync(provider, Identity.OfGitHub().WithoutEmails()));
        await client.CompleteAsync(ticket, email);
        var (token, code) = (await server.Mailbox.TokenAsync(email), await server.ShownCodeAsync(email));
        (await client.ConfirmAsync(other, code)).AssertRefused(400, "invalid_token");
        await client.CompleteAsync(other, email);
        var others = await server.ShownCodeAsync(email, 2);
        (await client.ConfirmAsync(ticket, others)).AssertRefused(401, "invalid_credentials");
        await client.CompleteAsync(ticket, email);
        Assert.NotEqual(code, await server.ShownCodeAsync(email, 3));
        (await client.ShowCodeAsync(token)).AssertRefused(400, "invalid_token");
        (await client.ConfirmAsync(ticket, code)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(0, await server.Database.UsersAsync(email));
        Assert.Equal(200, (await client.ConfirmAsync(other, others)).Status);
    }

    [Fact]
    public async Task SG_11_After_ten_minutes_neither_ticket_nor_link_is_good()
    {
        await using var own = await shared.StartAnotherAsync();
        using var visitor = own.Client();
        var ticket = await visitor.TicketAsync(provider, identity);
        await visitor.CompleteAsync(ticket, email);
        var code = await own.ShownCodeAsync(email);
        Assert.Equal(1, await own.Database.CountAsync("email_tickets", "expires_at BETWEEN now() + interval '9 minutes' AND now() + interval '10 minutes'"));
        await own.Database.ExecuteAsync("UPDATE email_tickets SET expires_at = now()");
        (await visitor.ShowCodeAsync(await own.Mailbox.TokenAsync(email))).AssertRefused(400, "invalid_token");
        (await visitor.ConfirmAsync(ticket, code)).AssertRefused(400, "invalid_token");
        (await visitor.CompleteAsync(ticket, email)).AssertRefused(400, "invalid_token");
    }

    [Fact]
    public async Task SG_11_Neither_ticket_nor_token_nor_code_is_stored_in_clear()
    {
        var ticket = await client.TicketAsync(provider, identity);
        await client.CompleteAsync(ticket, email);
        var (token, code, dump) = (await server.Mailbox.TokenAsync(email), await server.ShownCodeAsync(email), await server.Database.DumpAsync());
        Assert.DoesNotContain(ticket, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(token, dump, StringComparison.Ordinal);
        Assert.DoesNotMatch($@"\b{code}\b", dump);
    }

    [Fact]
    public async Task What_is_no_address_is_told_and_what_is_missing()
    {
        var ticket = await client.TicketAsync(provider, identity);
        (await client.CompleteAsync(ticket, "nobody")).AssertBody(400, """{"email":["Enter a valid email address."]}""");
        (await client.PostAsync("/api/auth/social/complete/", new { })).AssertBody(400, """{"ticket":["This field is required."],"email":["This field is required."]}""");
        (await client.PostAsync("/api/auth/social/complete/confirm/", new { })).AssertBody(400, """{"ticket":["This field is required."],"code":["This field is required."]}""");
        (await client.CompleteAsync("garbage", email)).AssertRefused(400, "invalid_token");
        (await client.ConfirmAsync(ticket, "123456")).AssertRefused(400, "invalid_token");
        Assert.Empty(server.Mailbox.To(email));
    }

    [Fact]
    public async Task Where_sign_up_is_closed_a_code_makes_no_account_and_still_leads_to_one_that_is_there()
    {
        await using var closed = await shared.StartAnotherAsync(("Accounts:Registration:Open", "false"));
        using var visitor = closed.Client();
        var ticket = await visitor.TicketAsync(provider, identity);
        await visitor.CompleteAsync(ticket, email);
        (await visitor.ConfirmAsync(ticket, await closed.ShownCodeAsync(email))).AssertRefused(403, "registration_closed");
        Assert.Equal((0, 0), (await closed.Database.CountAsync("users"), await closed.Database.CountAsync("social_accounts")));
        await using var open = await TestServer.StartOnAsync(closed.Database.ConnectionString, provider.Settings);
        using var owner = open.Client();
        var person = await open.SignInVerifiedAsync(owner);
        Assert.NotEmpty(await closed.LinkTokenAsync(visitor, provider, Identity.OfGitHub().WithoutEmails(), person.Email, mails: 1));
    }

    [Fact]
    public async Task Where_accounts_are_hidden_the_mailbox_alone_learns_that_there_is_one()
    {
        await using var discreet = await shared.StartAnotherAsync(("Accounts:Registration:HideExistingAccounts", "true"));
        using var owner = discreet.Client();
        using var visitor = discreet.Client();
        var person = await discreet.SignInVerifiedAsync(owner);
        var unsure = await visitor.SignInAsync(provider, Identity.OfGoogle(person.Email).With("email_verified", false));
        unsure.AssertRefused(400, "email_required");
        Assert.Equal((await visitor.CompleteAsync(unsure["ticket"], email)).Visible(), (await visitor.CompleteAsync(unsure["ticket"], person.Email)).Visible());
        (await visitor.ConfirmAsync(unsure["ticket"], await discreet.ShownCodeAsync(person.Email, 2))).AssertRefused(409, "account_exists");
    }

    [Fact]
    public async Task An_identity_that_has_got_a_user_meanwhile_signs_that_user_in_and_makes_no_other()
    {
        var ticket = await client.TicketAsync(provider, identity);
        await client.CompleteAsync(ticket, email);
        var code = await server.ShownCodeAsync(email);
        var meanwhile = Some.Email();
        Assert.Equal(200, (await client.SignInAsync(provider, identity.With("email", meanwhile))).Status);
        Assert.Equal((meanwhile, "true", """["google"]"""), Told(await client.ConfirmAsync(ticket, code)));
        Assert.Equal(0, await server.Database.UsersAsync(email));
    }

    [Fact]
    public async Task An_address_that_somebody_has_got_meanwhile_needs_their_proof()
    {
        var ticket = await client.TicketAsync(provider, identity);
        await client.CompleteAsync(ticket, email);
        var code = await server.ShownCodeAsync(email);
        Assert.Equal(201, (await client.RegisterAsync(Some.Username(), email)).Status);
        (await client.ConfirmAsync(ticket, code)).AssertRefused(409, "account_exists");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task A_user_who_is_not_active_gets_in_by_no_code()
    {
        using var owner = server.Client();
        var person = await server.SignInVerifiedAsync(owner);
        await server.Database.ChangeAsync(person, "is_active = false");
        var ticket = await client.TicketAsync(provider, identity);
        await client.CompleteAsync(ticket, person.Email);
        (await client.ConfirmAsync(ticket, await server.ShownCodeAsync(person.Email, 2))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task SG_11_A_link_leads_to_our_own_page_however_the_front_end_is_called()
    {
        await using var other = await shared.StartAnotherAsync(("Accounts:FrontendUrl", "https://app.example.test/base"));
        using var visitor = other.Client();
        var (code, state) = await visitor.BeginAsync(provider, identity);
        await visitor.CompleteAsync((await visitor.PostAsync("/api/auth/social/google/", new { code, state }))["ticket"], email);
        var mail = await other.Mailbox.WaitAsync(email);
        Assert.Matches($"\n{other.Address}address#token=[A-Za-z0-9_-]{{43}}\n", mail.Text);
        Assert.DoesNotContain("app.example.test", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RL_04_One_mail_goes_to_an_address_in_a_minute_and_its_code_stays_good()
    {
        await using var limited = await shared.StartAnotherAsync(("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:RegistrationsPerHour", "100"));
        using var visitor = limited.Client();
        var ticket = await visitor.TicketAsync(provider, identity);
        for (var i = 0; i < 4; i++)
        {
            (await visitor.CompleteAsync(ticket, i % 2 == 0 ? email : email.ToUpperInvariant())).AssertBody(200, Asked);
        }
        Assert.Equal(1, await limited.Database.CountAsync("outbox_messages"));
        Assert.Equal(200, (await visitor.ConfirmAsync(ticket, await limited.ShownCodeAsync(email))).Status);
    }
}
