using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>Whoever goes straight to a later step, with nothing, with what belongs to another step, or with what is somebody else's.</summary>
public sealed class SkippedStepTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private const string Stolen = "stolen-tulips-44";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client(), attacker = shared.Server.Client();
    private Person person = null!, victim = null!;

    public async ValueTask InitializeAsync()
    {
        (person, victim) = (await client.SignInSomebodyAsync(), await server.SignInVerifiedAsync(attacker));
        attacker.Access = null;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        attacker.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Every later step: its path, the member that what was mailed or handed out stands in, and the states in which what kind is good for it.</summary>
    private static readonly (string Path, string Member, string Kind, string States)[] Steps =
    [
        ("password/reset/confirm/", "token", "reset", "live"), ("verify-email/", "token", "verify", "live"), ("verify-email/check/", "token", "verify", "live"),
        ("verify-email/reject/", "token", "verify", "live"), ("email/change/confirm/", "token", "change", "live"), ("me/erase/", "token", "erase", "deleted"),
        ("security/review/", "token", "security", "live deleted frozen"), ("security/freeze/", "token", "security", "live deleted frozen"),
        ("security/recover/", "token", "recover", "frozen"), ("sessions/disown/", "token", "disown", "live deleted frozen"), ("sessions/disown/check/", "token", "disown", "live deleted frozen"),
        ("social/link/", "link_token", "link", "live deleted frozen"), ("social/complete/confirm/", "ticket", "ticket", "live deleted frozen"), ("social/complete/code/", "token", "shown", "live deleted frozen"),
    ];

    /// <summary>With all that a later step takes besides, and everything by which a body could name the victim.</summary>
    private async Task<Answer> StepAsync(string path, string member, string token, Person? named = null)
    {
        var id = named is null ? Guid.NewGuid() : await server.Database.ScalarAsync<Guid>("SELECT id FROM users WHERE email = @email", ("email", named.Email));
        var body = new Dictionary<string, object>
        {
            ["new_password"] = Stolen, ["uid"] = id, ["user_id"] = id, ["id"] = id, ["user"] = id, ["new_email"] = "evil@evil.test", ["email_verified"] = true,
        };
        body[path.StartsWith("social/complete/confirm", StringComparison.Ordinal) ? "code" : "password"] = path.StartsWith("social/complete/confirm", StringComparison.Ordinal) ? "123456" : Some.Password;
        body[member] = token;
        return await attacker.PostAsync($"/api/auth/{path}", body);
    }

    [Theory]
    [InlineData("live"), InlineData("deleted"), InlineData("frozen")]
    public async Task RS_05_Scenario_9_What_one_step_hands_out_is_good_for_no_other_and_in_no_other_state(string state)
    {
        var tokens = await PlantAllAsync();
        await server.Database.ChangeAsync(person, state switch
        {
            "deleted" => "deleted_at = now(), erase_after = now() + interval '14 days'",
            "frozen" => "frozen_until = now() + interval '7 days'",
            _ => "is_active = true",
        });
        var before = await StateAsync();
        foreach (var (path, member, kind, states) in Steps)
        {
            foreach (var (other, token) in tokens.Where(token => token.Key != kind || !states.Split(' ').Contains(state)))
            {
                var answer = await StepAsync(path, member, token, victim);
                Assert.True(answer.Status == 400 && answer["code"] == "invalid_token", $"{other} at {path}: {answer}");
            }
        }
        Assert.Equal(before, await StateAsync());
    }

    private async Task<Dictionary<string, string>> PlantAllAsync()
    {
        var tokens = new Dictionary<string, string>();
        foreach (var purpose in new[] { "verify", "reset", "erase", "recover", "undo", "disown" })
        {
            tokens[purpose] = await server.Database.PlantTokenAsync(person, purpose);
        }
        tokens["change"] = await server.Database.PlantTokenAsync(person, "change", Some.Email());
        await server.Database.ExecuteAsync(
            "UPDATE email_verification_tokens SET session_id = (SELECT id FROM sessions WHERE user_id = email_verification_tokens.user_id) WHERE email = @email AND purpose = 'disown'", ("email", person.Email));
        Assert.Equal(200, (await client.ChangePasswordAsync(person.Password, person.Password + "x")).Status);
        tokens["security"] = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
        // A new password has killed those that would set another; they are what is to be tried.
        await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = now() + interval '1 day' WHERE email = @email", ("email", person.Email));
        tokens["link"] = (await attacker.SignInAsync(provider, Identity.OfGoogle(victim.Email)))["link_token"]!;
        tokens["ticket"] = await attacker.TicketAsync(provider, Identity.OfGoogle().Without("email"));
        var address = Some.Email();
        Assert.Equal(200, (await attacker.CompleteAsync(tokens["ticket"], address)).Status);
        tokens["shown"] = await server.Mailbox.TokenAsync(address);
        return tokens;
    }

    /// <summary>Both users and all that was mailed to them, to the letter; and how much there is of what would come of a step.</summary>
    private Task<string> StateAsync() => server.Database.ScalarAsync<string>("""
        SELECT concat((SELECT string_agg(concat(xmin, u), '' ORDER BY id) FROM users u), (SELECT string_agg(t::text, '' ORDER BY id) FROM email_verification_tokens t), (SELECT string_agg(c::text, '' ORDER BY id) FROM account_changes c),
          (SELECT string_agg(l::text, '' ORDER BY hash) FROM link_tokens l), (SELECT string_agg(e::text, '' ORDER BY hash) FROM email_tickets e), (SELECT count(*) FROM sessions), '|', (SELECT count(*) FROM social_accounts))
        """);

    [Fact]
    public async Task RS_05_Scenario_9_Without_the_step_before_there_is_nothing_to_be_had_whoever_is_named()
    {
        var before = await StateAsync();
        foreach (var (path, member, _, _) in Steps)
        {
            foreach (var token in new[] { "null", "0", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --", "*", "💥", new string('a', 3000) })
            {
                var (known, unknown) = (await StepAsync(path, member, token, victim), await StepAsync(path, member, token));
                known.AssertRefused(400, "invalid_token");
                Assert.Equal(unknown.Visible(), known.Visible());
            }
        }
        foreach (var code in new[] { "00000000", "000000" })
        {
            (await attacker.ResetByCodeAsync(victim.Email, code)).AssertRefused(400, "invalid_token");
            (await attacker.VerifyByCodeAsync(person.Email, code)).AssertRefused(400, "invalid_token");
        }
        Assert.Equal(before, await StateAsync());
    }

    [Theory]
    [InlineData("reset"), InlineData("verify"), InlineData("change"), InlineData("disown"), InlineData("security")]
    public async Task RS_05_Scenario_9_What_is_ones_own_does_nothing_to_whom_the_body_names(string kind)
    {
        var tokens = await PlantAllAsync();
        var before = await server.Database.UserStateAsync(victim);
        foreach (var (path, member, _, _) in Steps.Where(step => step.Kind == kind && !step.Path.Contains("reject", StringComparison.Ordinal)))
        {
            Assert.Equal(200, (await StepAsync(path, member, tokens[kind], victim)).Status);
        }
        Assert.Equal(before, await server.Database.UserStateAsync(victim));
        Assert.Equal(200, (await attacker.LoginAsync(victim)).Status);
        Assert.Equal(0, await server.Database.UsersAsync("evil@evil.test"));
    }

    [Fact]
    public async Task SO_09_Scenario_9_A_link_token_takes_no_proof_of_another_ones_and_the_newest_code_alone()
    {
        using var other = server.Client();
        var second = await server.SignInVerifiedAsync(other);
        Assert.Equal(200, (await other.ChangePasswordAsync(second.Password, Some.OtherPassword)).Status);
        var (mine, theirs) = (await LinkTokenAsync(victim), await LinkTokenAsync(second));
        var (first, foreign) = (await CodeAsync(mine, victim, 1), await CodeAsync(theirs, second, 1));
        var newest = await CodeAsync(mine, victim, 2);
        (await attacker.LinkAsync(new { link_token = mine, code = foreign })).AssertRefused(401, "invalid_credentials");
        (await attacker.LinkAsync(new { link_token = mine, password = Some.OtherPassword })).AssertRefused(401, "invalid_credentials");
        (await attacker.LinkAsync(new { link_token = mine, code = first })).AssertRefused(401, "invalid_credentials");
        (await attacker.LinkAsync(new { link_token = foreign, code = newest })).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.CountAsync("social_accounts a JOIN users u ON u.id = a.user_id", "u.email IN (@one, @other)", ("one", victim.Email), ("other", second.Email)));
        var linked = await attacker.LinkAsync(new { link_token = mine, code = newest });
        Assert.Equal((200, victim.Email), (linked.Status, linked.Json.GetProperty("user").GetProperty("email").GetString()));
    }

    private async Task<string> LinkTokenAsync(Person owner) => (await attacker.SignInAsync(provider, Identity.OfGoogle(owner.Email)))["link_token"]!;

    private async Task<string> CodeAsync(string token, Person owner, int count)
    {
        Assert.Equal(200, (await attacker.AskLinkCodeAsync(new { link_token = token })).Status);
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(owner.Email, "Your code").Count == count), $"{count} codes to {owner.Email}");
        return LinkSteps.LinkCodeOf(server.MailsAbout(owner.Email, "Your code")[^1]);
    }

    [Fact]
    public async Task SG_11_Scenario_9_A_ticket_takes_no_code_of_another_ones()
    {
        var (one, other) = (Identity.OfGoogle().Without("email"), Identity.OfGoogle().Without("email"));
        var (mine, theirs, address) = (await attacker.TicketAsync(provider, one), await attacker.TicketAsync(provider, other), Some.Email());
        (await attacker.ConfirmAsync(mine, "000000")).AssertRefused(400, "invalid_token");
        Assert.All([await attacker.CompleteAsync(mine, Some.Email()), await attacker.CompleteAsync(theirs, address)], answer => Assert.Equal(200, answer.Status));
        var code = await server.ShownCodeAsync(address);
        (await attacker.ConfirmAsync(mine, code)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(0, await server.Database.AccountsAsync(one));
        var signedIn = await attacker.ConfirmAsync(theirs, code);
        Assert.Equal((200, address), (signedIn.Status, signedIn.Json.GetProperty("user").GetProperty("email").GetString()));
    }

    [Fact]
    public async Task SO_09_Scenario_9_Disowning_ends_the_session_of_its_mail_whichever_is_named()
    {
        using var phone = server.Client(UserAgents.Chrome);
        await phone.SignInAsync(victim);
        var mail = (await server.Mailbox.WaitAsync(victim.Email, 2)).Text;
        var token = mail.Split("end-session#token=")[1][..43];
        Assert.Equal(200, (await attacker.PostAsync("/api/auth/sessions/disown/", new { token, session = TokenText.SessionOf(client.RefreshCookie!), sid = TokenText.SessionOf(client.RefreshCookie!) })).Status);
        await phone.AssertOutAsync();
        Assert.Equal(200, (await client.MeAsync()).Status);
    }
}
