using System.Text.RegularExpressions;
using Accounts.Tests.Deletion;
using Accounts.Tests.EmailChange;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Recovery;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>Mail scanners and prefetchers follow the link of every mail, many times; then its reader does.</summary>
[Trait("Pace", "long")]
public sealed partial class ScannedLinkTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>
{
    private static readonly (string Agent, (string, string)[] Headers)[] Scanners =
    [
        ("Mozilla/5.0 (compatible; Barracuda Link Protection)", []), ("Mozilla/5.0 (Windows NT 10.0) SafeLinks", [("Accept", "text/html")]), ("Proofpoint URL Defense", [("Accept", "*/*")]),
        (UserAgents.Chrome, [("Sec-Purpose", "prefetch"), ("Purpose", "prefetch"), ("Sec-Fetch-Mode", "navigate"), ("Accept", "text/html")]), ("Slackbot-LinkExpanding 1.0", [("Range", "bytes=0-4096")]),
    ];

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client(UserAgents.Firefox), elsewhere = shared.Server.Client(UserAgents.Chrome);

    /// <summary>Every link that a mail of ours has, and what its reader does with it.</summary>
    private async Task<(string Link, Func<string, Task<Answer>> Use)[]> LinksAsync()
    {
        var (registered, asked, mover, thief, leaver, visitor) = (await client.RegisterSomebodyAsync(), await client.RegisterSomebodyAsync(), await client.SignInSomebodyAsync(),
            await server.SignInVerifiedAsync(client), await client.RegisterSomebodyAsync(), await server.RegisterVerifiedAsync(client));
        await client.SignInAsync(mover);
        var address = Some.Email();
        Assert.Equal(200, (await client.AskChangeAsync(address)).Status);
        Assert.Equal(200, (await client.AskResetAsync(asked.Email)).Status);
        await elsewhere.StealAsync(thief, "stolen-tulips-44");
        await client.SignInAsync(leaver);
        Assert.Equal(204, (await client.DeleteAccountAsync(leaver.Password)).Status);
        await client.SignInAsync(visitor);
        await elsewhere.SignInAsync(visitor);
        var (ticket, named) = (await client.TicketAsync(shared.Provider, Identity.OfGoogle().Without("email")), Some.Email());
        Assert.Equal(200, (await client.CompleteAsync(ticket, named)).Status);
        var frozen = await server.RegisterVerifiedAsync(client);
        await elsewhere.StealAsync(frozen, "stolen-tulips-44");
        Assert.Equal(200, (await client.FreezeAsync(await server.RecoveryTokenAsync(frozen.Email, RecoverySteps.Changed))).Status);
        (await client.AskCodeAsync(visitor.Email)).AssertBody(200, EmailCodeSteps.Asked);
        client.Access = elsewhere.Access = null;
        return
        [
            (await LinkAsync(registered.Email, "Verify your", "verify-email"), token => client.VerifyAsync(token)), (await LinkAsync(asked.Email, "Choose a new password", "reset-password"), token => client.ResetAsync(token)),
            (await LinkAsync(address, "Confirm your new", "confirm-email"), client.ConfirmChangeAsync), (await LinkAsync(thief.Email, RecoverySteps.Changed, "security"), client.FreezeAsync),
            (await LinkAsync(frozen.Email, RecoverySteps.Frozen, "recover-account"), token => client.RecoverAsync(token)), (await LinkAsync(leaver.Email, RecoverySteps.Deleted, "erase"), client.EraseAsync),
            (await LinkAsync(visitor.Email, "A new device", "end-session"), client.DisownAsync), (await LinkAsync(visitor.Email, "A new device", "security"), client.ReviewAsync),
            (await LinkAsync(named, "", "address"), client.ShowCodeAsync), (await LinkAsync(visitor.Email, EmailCodeSteps.Subject, "sign-in/code"), client.SignInByLinkAsync),
        ];
    }

    private async Task<string> LinkAsync(string address, string subject, string page)
    {
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(address, subject).Count > 0), $"a mail about \"{subject}\" to {address}");
        return Links().Matches(server.MailsAbout(address, subject)[^1].Text).Select(match => match.Value).Single(link => link.StartsWith($"{server.Address}{page}#", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EV_02_Scenario_11_Scanners_that_follow_the_link_of_any_mail_use_nothing_up()
    {
        var links = await LinksAsync();
        await Until.TrueAsync(async () => await server.Database.CountAsync("outbox_messages", "state <> 'sent'") == 0, "all mail is sent");
        await server.Database.WorkedOffAsync();
        var before = await server.Database.SettledDumpAsync();
        foreach (var (link, _) in links)
        {
            for (var visit = 0; visit < 20; visit++)
            {
                await ScanAsync(link, Scanners[visit % Scanners.Length].Agent, Scanners[visit % Scanners.Length].Headers);
            }
        }
        Assert.Equal(before, await server.Database.DumpAsync());
        foreach (var (link, use) in links)
        {
            var answer = await use(link.Split('=')[1]);
            Assert.True(answer.Status == 200, $"{link}: {answer}");
        }
    }

    /// <summary>As browsers send it, without the fragment; as some rewrite it, with the token in the query; and the API's own addresses for good measure.</summary>
    private async Task ScanAsync(string link, string agent, (string, string)[] headers)
    {
        using var scanner = server.Client(agent);
        var (page, token) = (new Uri(link).AbsolutePath, link.Split('=')[1]);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            foreach (var target in new[] { page, $"{page}/", $"{page}?token={token}" })
            {
                var answer = await scanner.SendAsync(method, target, null, headers);
                Assert.True(answer.Status == 200 && answer.MediaType == "text/html", $"{method} {target}: {answer.Status} {answer.MediaType}");
                Assert.Empty(answer.SetCookies);
            }
        }
        foreach (var path in new[] { "verify-email", "verify-email/check", "verify-email/reject", "password/reset/confirm", "email/change/confirm", "security/review", "security/freeze", "security/recover", "me/erase", "sessions/disown", "social/complete/code", "login/code/check", "login/code/confirm" })
        {
            Assert.InRange((await scanner.GetAsync($"/api/auth/{path}/?token={token}&new_password={Some.OtherPassword}", headers)).Status, 200, 406);
        }
    }

    [GeneratedRegex(@"http://\S+#token=[A-Za-z0-9_-]{43}")]
    private static partial Regex Links();
}
