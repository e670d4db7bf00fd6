using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>The link of a mail that signs in, opened where it was asked for and elsewhere.</summary>
public sealed class SignInLinkTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly ApiClient asking = shared.Server.Client(UserAgents.Firefox), elsewhere = shared.Server.Client();
    private Person person = null!;
    private string token = "", code = "";

    public async ValueTask InitializeAsync()
    {
        person = await server.RegisterVerifiedAsync(asking);
        (token, code) = await server.MailedCodeAsync(asking, person.Email);
    }

    public ValueTask DisposeAsync()
    {
        asking.Dispose();
        elsewhere.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_06_Elsewhere_it_shows_what_was_asked_when_from_where_and_the_code_and_signs_nobody_in()
    {
        var shown = await elsewhere.CheckCodeAsync(token);
        Assert.True(shown.Status == 200, shown.ToString());
        Assert.Equal((person.Email, "false", "false", "Firefox on Linux", code), (shown["email"], shown["new_account"], shown["same_browser"], shown["device"], shown["code"]));
        Assert.Equal("127.0.0.1", shown["ip"]);
        Assert.InRange(shown.Json.GetProperty("at").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Empty(shown.SetCookies);
        await server.AssertNobodyInAsync(person, await elsewhere.SignInByLinkAsync(token));
        await server.AssertNobodyInAsync(person, await elsewhere.SignInByCodeAsync(shown["code"]!));
        Assert.Equal(0, await server.Database.EventsAsync(person, "signed_in"));
        Assert.Equal(200, (await asking.SignInByCodeAsync(shown["code"]!)).Status);
        (await elsewhere.CheckCodeAsync(token)).AssertBody(400, EmailCodeSteps.Refused);
    }

    [Fact]
    public async Task SG_06_Where_it_was_asked_for_it_shows_no_code_and_signs_in_once_it_is_asked_to()
    {
        var shown = await asking.CheckCodeAsync(token);
        Assert.Equal((200, "true", null), (shown.Status, shown["same_browser"], shown["code"]));
        Assert.Equal(0, await server.Database.EventsAsync(person, "signed_in"));
        Assert.Equal(200, (await asking.SignInByLinkAsync(token)).Status);
        Assert.Equal(1, await server.Database.EventsAsync(person, "signed_in"));
    }

    /// <summary>Somebody asks in a browser of theirs and sends the victim the link, or has a link of theirs opened by the victim.</summary>
    [Fact]
    public async Task SG_06_A_link_of_somebody_elses_signs_its_reader_in_to_no_account()
    {
        using var victim = server.Client();
        await victim.SignInAsync(await server.RegisterVerifiedAsync(victim));
        await server.MailedCodeAsync(victim, person.Email);
        await server.AssertNobodyInAsync(person, await victim.SignInByLinkAsync(token));
        Assert.Equal(200, (await victim.MeAsync()).Status);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    /// <summary>An attacker begins for the victim's address and waits for them to follow the link, be they signed in or not, with a mail of their own or without.</summary>
    [Theory]
    [InlineData("nothing"), InlineData("a session"), InlineData("a mail of its own")]
    public async Task SG_06_Who_begins_a_sign_in_for_somebody_else_and_waits_is_not_signed_in_by_the_link_nor_is_its_reader(string has)
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        if (has == "a session")
        {
            await victim.SignInAsync(person);
        }
        else if (has == "a mail of its own")
        {
            await server.MailedCodeAsync(victim, person.Email);
        }
        var (link, shown) = await server.MailedCodeAsync(attacker, person.Email);
        var (cookie, sessions) = (victim.RefreshCookie, await server.Database.LiveSessionsAsync(person));
        for (var opened = 0; opened < 2; opened++)
        {
            Assert.Equal(200, (await victim.GetAsync("/sign-in/code", ("Accept", "text/html"))).Status);
            var check = await victim.CheckCodeAsync(link);
            Assert.Equal((200, "false", shown), (check.Status, check["same_browser"], check["code"]));
            Assert.Empty(check.SetCookies);
        }
        await server.AssertNobodyInAsync(person, await victim.SignInByLinkAsync(link));
        await server.AssertNobodyInAsync(person, await victim.SignInByCodeAsync(shown));
        Assert.Equal(cookie, victim.RefreshCookie);

        foreach (var waiting in new object[] { new { }, new { email = person.Email }, new { code = "" }, new { token = "" } })
        {
            Assert.Equal(400, (await attacker.PostAsync($"{EmailCodeSteps.Root}confirm/", waiting)).Status);
        }
        Assert.Equal((401, "null"), ((await attacker.RefreshAsync()).Status, (await attacker.PostAsync("/api/auth/session/"))["user"] ?? "null"));
        await server.AssertNobodyInAsync(person, await attacker.SignInByCodeAsync(PasswordSteps.Wrong(shown)));
        Assert.Null(attacker.RefreshCookie);
        Assert.Equal(sessions, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task SG_06_What_posts_nothing_spends_nothing()
    {
        foreach (var client in new[] { asking, elsewhere })
        {
            foreach (var path in new[] { "confirm/", "check/" })
            {
                Assert.Equal(400, (await client.PostAsync($"{EmailCodeSteps.Root}{path}?token={token}&code={code}", new { })).Status);
                Assert.Equal(400, (await client.PostAsync($"{EmailCodeSteps.Root}{path}?token={token}&code={code}")).Status);
            }
            Assert.Equal(405, (await client.PostAsync($"/sign-in/code?token={token}")).Status);
        }
        Assert.Equal((0, 0), (await server.Database.CodeTriesAsync(person.Email), await server.Database.EventsAsync(person, "signed_in")));
        Assert.Equal(200, (await asking.SignInByLinkAsync(token)).Status);
    }

    [Theory]
    [InlineData("GET"), InlineData("HEAD")]
    public async Task SG_06_What_only_opens_it_spends_nothing(string method)
    {
        await Until.TrueAsync(async () => await server.Database.CountAsync("outbox_messages", "state <> 'sent'") == 0, "all mail is sent");
        var before = await server.Database.SettledDumpAsync();
        foreach (var client in new[] { asking, elsewhere })
        {
            foreach (var path in new[] { "/sign-in/code", "/sign-in/code/", $"/sign-in/code?token={token}" })
            {
                var page = await client.SendAsync(new HttpMethod(method), path, null, ("Accept", "text/html"));
                Assert.Equal((200, "text/html", "no-store", "no-referrer"), (page.Status, page.MediaType, page.Header("Cache-Control"), page.Header("Referrer-Policy")));
                Assert.Empty(page.SetCookies);
            }
            foreach (var path in new[] { "", "confirm/", "check/" })
            {
                Assert.Equal(405, (await client.SendAsync(new HttpMethod(method), $"{EmailCodeSteps.Root}{path}?token={token}&code={code}", null)).Status);
            }
            Assert.Equal(200, (await client.CheckCodeAsync(token)).Status);
        }
        Assert.Equal(before, await server.Database.DumpAsync());
        Assert.Equal(200, (await asking.SignInByLinkAsync(token)).Status);
    }
}
