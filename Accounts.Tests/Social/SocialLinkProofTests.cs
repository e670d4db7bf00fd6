using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Each proof that an account is theirs who connect an identity to it, for accounts of every kind.</summary>
public sealed class SocialLinkProofTests(SocialServer shared) : IClassFixture<SocialServer>, IDisposable
{
    private const string Asked = """{"detail":"If this can be finished by mail, a code is on its way."}""";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client();
    private readonly Identity added = Identity.OfGitHub().WithoutEmails();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task SO_09_Another_provider_that_is_connected_proves_an_account_without_a_password()
    {
        var known = Identity.OfGoogle();
        var token = await MeetProviderAccountAsync(known);
        var (code, state) = await client.BeginAsync(provider, known);
        var answer = await client.LinkAsync(new { link_token = token, provider = "google", code, state });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("""["google","github"]""", answer.Json.GetProperty("user").GetProperty("providers").GetRawText());
        Assert.Equal(1, await server.Database.AccountsAsync(added, $"u.email = '{known.Email}' AND u.ways = '{{google,github}}'"));
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", $"u.email = '{known.Email}' AND s.amr = '{{google,github}}'"));
        Assert.Equal(200, (await client.SignInAsync(provider, added)).Status);
    }

    [Fact]
    public async Task SO_09_An_identity_of_anybody_else_proves_nothing_and_counts()
    {
        var known = Identity.OfGoogle();
        var token = await MeetProviderAccountAsync(known);
        Identity[] strangers = [Identity.OfGoogle(), Identity.OfGoogle(known.Email), Identity.OfLinkedIn(), added, Identity.OfFacebook(known.Email)];
        using var somebody = server.Client();
        Assert.Equal(200, (await somebody.SignInAsync(provider, strangers[0])).Status);
        foreach (var stranger in strangers)
        {
            var (code, state) = await client.BeginAsync(provider, stranger);
            (await client.LinkAsync(new { link_token = token, provider = stranger.Provider, code, state })).AssertRefused(401, "invalid_credentials");
        }
        Assert.Equal((0, 1), (await server.Database.AccountsAsync(added), await server.Database.AccountsAsync(known)));
        var before = provider.Exchanges;
        var right = await client.BeginAsync(provider, known);
        (await client.LinkAsync(new { link_token = token, provider = "google", code = right.Code, state = right.State })).AssertRefused(400, "invalid_token");
        Assert.Equal(before, provider.Exchanges);
    }

    [Theory]
    [InlineData("another browser", "invalid_state")]
    [InlineData("to connect", "invalid_state")]
    [InlineData("garbage", "invalid_state")]
    [InlineData("another provider", "invalid_state")]
    [InlineData("no provider", "unsupported_provider")]
    [InlineData("a wrong code", "code_exchange_failed")]
    public async Task SO_01_A_provider_proves_an_account_only_where_this_browser_set_out_to_sign_in_there(string wrong, string refusal)
    {
        var known = Identity.OfGoogle();
        var token = await MeetProviderAccountAsync(known);
        using var other = server.Client();
        if (wrong == "to connect")
        {
            client.Access = (await client.SignInAsync(provider, known)).Access;
        }
        var (code, state) = await (wrong == "another browser" ? other : client).BeginAsync(provider, known);
        var name = wrong switch { "another provider" => "linkedin", "no provider" => "twitter", _ => "google" };
        var answer = await client.LinkAsync(
            new { link_token = token, provider = name, code = wrong == "a wrong code" ? "x" : code, state = wrong == "garbage" ? "x" : state });
        answer.AssertRefused(400, refusal);
        Assert.Equal(0, await server.Database.AccountsAsync(added));
    }

    [Fact]
    public async Task SO_09_A_mailed_code_proves_an_account_without_a_password_and_leaves_what_it_has()
    {
        var known = Identity.OfGoogle();
        var token = await MeetProviderAccountAsync(known);
        (await client.AskLinkCodeAsync(new { link_token = token })).AssertBody(200, Asked);
        var mail = await server.Mailbox.WaitAsync(known.Email, 2);
        Assert.Contains("Tell it to nobody", mail.Text, StringComparison.Ordinal);
        var code = LinkSteps.LinkCodeOf(mail);
        var answer = await client.LinkAsync(new { link_token = token, code = $"{code[..4]} {code[4..]}" });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(1, await server.Database.AccountsAsync(added, $"u.email = '{known.Email}' AND u.verified_by = 'provider' AND u.ways = '{{google,github}}'"));
        Assert.Equal(1, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", $"u.email = '{known.Email}' AND s.amr = '{{mail,github}}'"));
        Assert.Contains("GitHub was connected", (await server.Mailbox.WaitAsync(known.Email, 3)).Subject, StringComparison.Ordinal);
        Assert.DoesNotMatch($@"\b{code}\b", await server.Database.DumpAsync());
    }

    [Fact]
    public async Task SO_09_A_mailed_code_is_good_with_its_own_link_token_and_until_the_next_mail()
    {
        var known = Identity.OfGoogle();
        var (token, other) = (await MeetProviderAccountAsync(known), await server.LinkTokenAsync(client, provider, Identity.OfLinkedIn().Without("email"), known.Email, 2));
        (await client.LinkAsync(new { link_token = token, code = "12345678" })).AssertRefused(401, "invalid_credentials");
        await client.AskLinkCodeAsync(new { link_token = token });
        var code = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(known.Email, 3));
        (await client.LinkAsync(new { link_token = other, code })).AssertRefused(401, "invalid_credentials");
        await client.AskLinkCodeAsync(new { link_token = token });
        var next = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(known.Email, 4));
        (await client.LinkAsync(new { link_token = token, code })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.LinkAsync(new { link_token = token, code = next })).Status);
    }

    [Fact]
    public async Task SO_09_After_five_wrong_proofs_of_whatever_kind_the_mailed_code_is_dead_too()
    {
        var person = await server.SignInVerifiedAsync(client);
        var token = await server.LinkTokenAsync(client, provider, added, person.Email, 2);
        await client.AskLinkCodeAsync(new { link_token = token });
        var code = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(person.Email, 3));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            object proof = attempt % 2 == 0 ? new { link_token = token, code = LinkSteps.Wrong(code) } : new { link_token = token, password = Some.OtherPassword };
            (await client.LinkAsync(proof)).AssertRefused(401, "invalid_credentials");
        }
        (await client.LinkAsync(new { link_token = token, code })).AssertRefused(400, "invalid_token");
        (await client.AskLinkCodeAsync(new { link_token = token })).AssertBody(200, Asked);
        await server.Database.CountedAsync(person, "sign_in_failed", 5);
        Assert.Equal((0, 3), (await server.Database.AccountsAsync(added), await server.Database.CountAsync("outbox_messages", $"recipient = '{person.Email}'")));
    }

    [Theory]
    [InlineData(true, "t provider"), InlineData(false, "t code")]
    public async Task SO_09_With_the_password_what_an_unverified_account_has_stays_and_its_address_is_verified_by_what_came_before(bool vouched, string verified)
    {
        await using var own = await shared.StartAnotherAsync();
        using var visitor = own.Client();
        var person = await own.SignInVerifiedAsync(visitor);
        var identity = vouched ? Identity.OfGoogle(person.Email) : added;
        var token = vouched ? (await visitor.SignInAsync(provider, identity))["link_token"] : await own.LinkTokenAsync(visitor, provider, identity, person.Email, 2);
        await own.Database.ChangeAsync(person, "email_verified = false, verified_at = NULL, verified_by = NULL");
        var answer = await visitor.LinkAsync(new { link_token = token, password = person.Password });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(verified, await own.Database.ScalarAsync<string>("SELECT concat_ws(' ', email_verified, verified_by) FROM users"));
        Assert.Equal(1, await own.Database.AccountsAsync(identity, $"u.password_hash IS NOT NULL AND u.ways = '{{password,{identity.Provider}}}'"));
        Assert.Equal(200, (await visitor.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task SO_09_An_address_that_must_be_verified_first_is_where_the_ticket_has_proved_its_mailbox()
    {
        await using var strict = await shared.StartAnotherAsync(("Accounts:Registration:RequireVerifiedEmail", "true"));
        using var visitor = strict.Client();
        var person = await visitor.RegisterSomebodyAsync();
        await strict.Mailbox.WaitAsync(person.Email);
        (await visitor.LoginAsync(person)).AssertRefused(403, "email_not_verified");
        var token = await strict.LinkTokenAsync(visitor, provider, added, person.Email, 2);
        Assert.Equal(200, (await visitor.LinkAsync(new { link_token = token, password = person.Password })).Status);
        Assert.Equal(1, await strict.Database.AccountsAsync(added, "u.email_verified AND u.password_hash IS NOT NULL AND a.email IS NULL AND NOT a.email_verified"));
        Assert.Equal(200, (await visitor.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task Asking_for_the_code_answers_the_same_whatever_the_token()
    {
        var person = await server.SignInVerifiedAsync(client);
        var token = await server.LinkTokenAsync(client, provider, added, person.Email, 2);
        var good = await client.AskLinkCodeAsync(new { link_token = token });
        await server.Mailbox.WaitAsync(person.Email, 3);
        await server.Database.ChangeAsync(person, "is_active = false");
        foreach (var other in new[] { token, "garbage", new string('x', 43) })
        {
            Assert.Equal(good.Visible(), (await client.AskLinkCodeAsync(new { link_token = other })).Visible());
        }
        (await client.AskLinkCodeAsync(new { })).AssertBody(400, """{"link_token":["This field is required."]}""");
        Assert.Equal(3, await server.Database.CountAsync("outbox_messages", $"recipient = '{person.Email}'"));
    }

    [Fact]
    public async Task RL_04_One_code_is_mailed_in_a_minute_and_stays_good()
    {
        await using var limited = await shared.StartAnotherAsync(("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:MailsPerMinute", "1"));
        using var owner = limited.Client();
        using var visitor = limited.Client();
        var person = await limited.SignInVerifiedAsync(owner);
        var token = await limited.LinkTokenAsync(visitor, provider, added, person.Email, 2);
        for (var i = 0; i < 3; i++)
        {
            (await visitor.AskLinkCodeAsync(new { link_token = token })).AssertBody(200, Asked);
        }
        Assert.Equal(3, await limited.Database.CountAsync("outbox_messages"));
        Assert.Equal(200, (await visitor.LinkAsync(new { link_token = token, code = LinkSteps.LinkCodeOf(await limited.Mailbox.WaitAsync(person.Email, 3)) })).Status);
    }

    [Fact]
    public async Task An_identity_that_has_got_another_user_meanwhile_is_theirs_and_the_code_stays_good_for_nothing_else()
    {
        var person = await server.SignInVerifiedAsync(client);
        var nameless = Identity.OfGoogle().Without("email");
        var token = await server.LinkTokenAsync(client, provider, nameless, person.Email, 2);
        using var other = server.Client();
        var elsewhere = Some.Email();
        Assert.Equal(200, (await other.SignInAsync(provider, nameless.With("email", elsewhere))).Status);
        (await client.LinkAsync(new { link_token = token, password = person.Password })).AssertRefused(409, "social_account_taken");
        Assert.Equal(1, await server.Database.AccountsAsync(nameless, $"u.email = '{elsewhere}'"));
        Assert.Equal(["password"], await server.Database.ScalarAsync<string[]>("SELECT ways FROM users WHERE email = @e", ("e", person.Email)));
    }

    /// <summary>An account that a provider has made, and a link token for it.</summary>
    private async Task<string> MeetProviderAccountAsync(Identity known)
    {
        using var owner = server.Client();
        Assert.Equal(200, (await owner.SignInAsync(provider, known)).Status);
        return await server.LinkTokenAsync(client, provider, added, known.Email, 1);
    }
}
