using System.Globalization;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>How often somebody may guess the codes that are mailed to an address, with however many link tokens and tickets.</summary>
[Trait("Pace", "long")]
public sealed class CodeThrottleTests(CodeThrottleTests.Throttled shared) : IClassFixture<CodeThrottleTests.Throttled>, IDisposable
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient stranger = shared.Server.Client();
    private readonly ApiClient owner = shared.Server.Client();

    /// <summary>Nothing else is in the way of guesses.</summary>
    public sealed class Throttled(Postgres postgres) : SocialServer(
        postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "10000"), ("Accounts:Throttling:OthersPerMinute", "10000"),
        ("Accounts:Throttling:RegistrationsPerHour", "10000"), ("Accounts:Throttling:MailsPerMinute", "1000"), ("Accounts:Throttling:MailsPerHour", "1000"),
        ("Accounts:Throttling:MailsPerDay", "1000"));

    public void Dispose()
    {
        stranger.Dispose();
        owner.Dispose();
    }

    [Fact]
    public async Task SG_07_Twenty_wrong_codes_in_a_day_close_codes_of_the_account_and_nothing_else()
    {
        var (person, github) = (await server.SignInVerifiedAsync(owner), Identity.OfGitHub());
        Assert.Equal(200, (await owner.ConnectAsync(provider, github)).Status);
        for (var i = 0; i < 4; i++)
        {
            var (token, code) = await MeetAsync(person, 3 + i);
            await GuessAsync(token, code, 5);
            (await stranger.LinkAsync(new { link_token = token, code })).AssertRefused(400, "invalid_token");
        }
        var (last, right) = await MeetAsync(person, 7);
        foreach (var client in new[] { stranger, owner })
        {
            var closed = await client.LinkAsync(new { link_token = last, code = right });
            closed.AssertRefused(429, "throttled");
            Assert.InRange(int.Parse(closed.Header("Retry-After")!, CultureInfo.InvariantCulture), 80_000, 86_400);
        }
        await server.Database.CountedAsync(person, "sign_in_failed", 20);
        await server.Database.CountedAsync(person, "sign_in_locked", 2);
        Assert.Equal(200, (await stranger.LoginAsync(person)).Status);
        Assert.Equal(200, (await stranger.SignInAsync(provider, github)).Status);
        Assert.Equal(200, (await stranger.LinkAsync(new { link_token = last, password = person.Password })).Status);
    }

    [Fact]
    public async Task SG_07_A_right_code_is_no_wrong_one_and_makes_none_good_until_the_day_is_over()
    {
        var person = await server.SignInVerifiedAsync(owner);
        for (var i = 0; i < 3; i++)
        {
            var (token, code) = await MeetAsync(person, 2 + i);
            await GuessAsync(token, code, 5);
        }
        var (mine, right) = await MeetAsync(person, 5);
        await GuessAsync(mine, right, 4);
        Assert.Equal(200, (await stranger.LinkAsync(new { link_token = mine, code = right })).Status);
        var (last, wrong) = await MeetAsync(person, 7, Identity.OfLinkedIn(person.Email));
        await GuessAsync(last, wrong, 1);
        (await stranger.LinkAsync(new { link_token = last, code = wrong })).AssertRefused(429, "throttled");
        await server.Database.ExecuteAsync("UPDATE throttle_counters SET expires_at = now()");
        Assert.Equal(200, (await stranger.LinkAsync(new { link_token = last, code = wrong })).Status);
    }

    [Fact]
    public async Task SG_07_A_race_of_wrong_codes_counts_each_of_them_and_has_no_more_than_twenty_looked_at()
    {
        var person = await server.SignInVerifiedAsync(owner);
        var met = new List<(string Token, string Code)>();
        for (var i = 0; i < 8; i++)
        {
            met.Add(await MeetAsync(person, 2 + i));
        }
        var guesses = met.SelectMany(one => Enumerable.Repeat(new { link_token = one.Token, code = LinkSteps.Wrong(one.Code) }, 5));
        var answers = await Task.WhenAll(guesses.Select(stranger.LinkAsync));
        Assert.Equal((20, 20), (answers.Count(answer => answer.Status == 401), answers.Count(answer => answer.Status == 429)));
        await server.Database.CountedAsync(person, "sign_in_failed", 20);
        await server.Database.CountedAsync(person, "sign_in_locked", 20);
        var (last, right) = await MeetAsync(person, 10);
        (await stranger.LinkAsync(new { link_token = last, code = right })).AssertRefused(429, "throttled");
    }

    [Fact]
    public async Task SG_07_Right_codes_at_once_leave_nothing_counted()
    {
        var person = await server.SignInVerifiedAsync(owner);
        var (token, code) = await MeetAsync(person, 2);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => stranger.LinkAsync(new { link_token = token, code })));
        Assert.Equal(0, await server.Database.ScalarAsync<int>(
            "SELECT count FROM throttle_counters WHERE key = sha256(convert_to('code|' || @e, 'UTF8'))", ("e", person.Email)));
    }

    /// <summary>Strangers, who need to know nothing but the address, once closed for a day what its owner proves themselves by.</summary>
    [Fact]
    public async Task SG_07_Strangers_close_no_codes_of_a_session()
    {
        var identity = Identity.OfGitHub();
        owner.Access = (await owner.SignInAsync(provider, identity)).Access;
        await CloseByTicketsAsync(identity.Email, 0);
        var mails = server.Mailbox.To(identity.Email).Count;
        Assert.Equal(200, (await owner.PostAsync("/api/auth/reauthenticate/mail/")).Status);
        var code = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(identity.Email, mails + 1));
        Assert.Equal(200, (await owner.PostAsync("/api/auth/reauthenticate/", new { mail_code = code })).Status);
    }

    [Fact]
    public async Task SG_07_Codes_of_tickets_count_with_them_alike_whether_anybody_has_the_address()
    {
        var person = await server.SignInVerifiedAsync(owner);
        await CloseByTicketsAsync(person.Email, 1);
        await CloseByTicketsAsync(Some.Email(), 0);
        var (token, code) = await MeetAsync(person, 7);
        (await stranger.LinkAsync(new { link_token = token, code })).AssertRefused(429, "throttled");
        Assert.Equal(200, (await stranger.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task SG_07_Where_no_code_was_mailed_none_is_guessed_and_none_closed()
    {
        var person = await server.SignInVerifiedAsync(owner);
        for (var i = 0; i < 5; i++)
        {
            await GuessAsync(await LinkTokenAsync(Identity.OfGoogle(person.Email)), "12345678", 5);
        }
        var (token, code) = await MeetAsync(person, 2);
        Assert.Equal(200, (await stranger.LinkAsync(new { link_token = token, code })).Status);
    }

    /// <summary>A link token for the account, and the code that was mailed for it.</summary>
    private async Task<(string Token, string Code)> MeetAsync(Person person, int mails, Identity? identity = null)
    {
        var token = await LinkTokenAsync(identity ?? Identity.OfGoogle(person.Email));
        Assert.Equal(200, (await stranger.AskLinkCodeAsync(new { link_token = token })).Status);
        return (token, LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(person.Email, mails)));
    }

    private async Task<string> LinkTokenAsync(Identity identity)
    {
        var answer = await stranger.SignInAsync(provider, identity);
        answer.AssertRefused(409, "account_exists");
        return answer["link_token"]!;
    }

    private async Task GuessAsync(string token, string code, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await stranger.LinkAsync(new { link_token = token, code = LinkSteps.Wrong(code) })).AssertRefused(401, "invalid_credentials");
        }
    }

    private async Task CloseByTicketsAsync(string email, int mails)
    {
        for (var i = 1; i <= 5; i++)
        {
            var ticket = await stranger.TicketAsync(provider, Identity.OfGoogle().Without("email"));
            Assert.Equal(200, (await stranger.CompleteAsync(ticket, email)).Status);
            var code = await server.ShownCodeAsync(email, mails + i);
            for (var guess = 0; guess < 5 && i < 5; guess++)
            {
                (await stranger.ConfirmAsync(ticket, LinkSteps.Wrong(code))).AssertRefused(401, "invalid_credentials");
            }
            if (i == 5)
            {
                (await stranger.ConfirmAsync(ticket, code)).AssertRefused(429, "throttled");
            }
        }
    }
}
