using Accounts.Tests.EmailChange;
using Accounts.Tests.Providers;
using Accounts.Tests.Recovery;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Somebody makes an account with the address of somebody else, and holds on to it at one node; its owner comes at the other.</summary>
public sealed class StrangersAccountTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private readonly ProviderDouble provider = shared.Provider;
    private readonly TestServer server = shared.Server;
    private TestServer other = null!;
    private ApiClient attacker = null!, victim = null!;

    public async ValueTask InitializeAsync()
    {
        other = await TestServer.StartOnAsync(server.Database.ConnectionString, [.. provider.Settings, ("Accounts:PublicUrl", $"{server.Address}")]);
        (attacker, victim) = (server.Client(), other.Client());
    }

    public async ValueTask DisposeAsync()
    {
        attacker.Dispose();
        victim.Dispose();
        await other.DisposeAsync();
    }

    [Theory]
    [InlineData("the link"), InlineData("the code")]
    public async Task RE_06_Scenario_22_A_session_that_an_attacker_keeps_refreshing_is_over_at_once_on_both_nodes(string by)
    {
        var person = await attacker.SignInSomebodyAsync();
        Assert.Equal(200, (await victim.AskResetAsync(person.Email)).Status);
        var mail = await MailAsync(person.Email, "Choose a new password");
        using var stop = new CancellationTokenSource();
        var refreshing = KeepRefreshingAsync(attacker.RefreshCookie!, stop.Token);
        await Until.TrueAsync(async () => await server.Session(attacker.RefreshCookie!).GenerationAsync() > 1, "the attacker has refreshed twice");
        var reset = by == "the link" ? await victim.ResetAsync(Mailbox.TokenOf(mail)) : await victim.ResetByCodeAsync(person.Email, PasswordSteps.ResetCodeOf(mail));
        reset.AssertBody(200, PasswordSteps.Done);
        foreach (var node in new[] { server.Address, other.Address })
        {
            attacker.Address = node;
            await attacker.AssertOutAsync();
            (await attacker.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        }
        await stop.CancelAsync();
        Assert.Equal(401, await refreshing);
        Assert.Equal(200, (await victim.LoginAsync(person with { Password = Some.OtherPassword })).Status);
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
    }

    /// <returns>what the last answer was, when it was stopped</returns>
    private async Task<int> KeepRefreshingAsync(string token, CancellationToken stop)
    {
        using var script = server.Client();
        script.RefreshCookie = token;
        while (!stop.IsCancellationRequested)
        {
            script.Address = script.Address == server.Address ? other.Address : server.Address;
            await script.RefreshAsync();
            await server.Session(token).SetAsync("rotated_at = rotated_at - interval '1 minute'");
        }
        return (await script.RefreshAsync()).Status;
    }

    /// <summary>Signed up by a provider that vouches for nothing, with the victim's address, and on the way to a mailbox of their own.</summary>
    [Theory]
    [InlineData("resets by the link"), InlineData("resets by the code"), InlineData("verifies by the link")]
    public async Task RE_06_Scenario_23_What_an_attacker_connected_and_began_is_gone_when_the_victim(string comes)
    {
        var (identity, mailbox) = (Identity.OfFacebook(), Some.Email());
        var person = new Person("", identity.Email, "");
        attacker.Access = (await attacker.SignInAsync(provider, identity)).Access;
        server.HasProved(attacker);
        var verification = Mailbox.TokenOf(await MailAsync(person.Email, "Verify your"));
        (await attacker.ConnectAsync(provider, Identity.OfGitHub())).AssertRefused(403, "email_not_verified");
        (await attacker.AskChangeAsync(mailbox)).AssertBody(200, EmailChangeSteps.Asked);
        var change = Mailbox.TokenOf(await MailAsync(mailbox, "Confirm your new"));

        Assert.Equal(200, (await ComeAsync(comes, person, verification)).Status);
        foreach (var node in new[] { server.Address, other.Address })
        {
            attacker.Address = node;
            (await attacker.ConfirmChangeAsync(change)).AssertRefused(400, "invalid_token");
            (await attacker.MeAsync()).AssertAccessRefused("revoked");
        }
        attacker.Address = server.Address;
        (await attacker.SignInAsync(provider, identity)).AssertRefused(400, "email_required");
        Assert.Equal((0, 0), (await server.Database.AccountsAsync(identity), await server.Database.UsersAsync(mailbox)));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND NOT ways && '{facebook}'"));
        await AssertToldAsync(comes, person);
    }

    private async Task<Answer> ComeAsync(string comes, Person person, string verification)
    {
        if (comes == "verifies by the link")
        {
            return await victim.VerifyAsync(verification);
        }
        Assert.Equal(200, (await victim.AskResetAsync(person.Email)).Status);
        var mail = await MailAsync(person.Email, "Choose a new password");
        return comes == "resets by the link" ? await victim.ResetAsync(Mailbox.TokenOf(mail)) : await victim.ResetByCodeAsync(person.Email, PasswordSteps.ResetCodeOf(mail));
    }

    /// <summary>Of nothing that the victim does not know.</summary>
    private async Task AssertToldAsync(string comes, Person person)
    {
        if (comes == "verifies by the link")
        {
            await MailAsync(person.Email, "Facebook was disconnected");
            return;
        }
        Assert.Contains("sign in too: none\n", (await MailAsync(person.Email, RecoverySteps.Changed)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await victim.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task RE_06_Scenario_23_A_change_that_was_begun_with_a_password_is_gone_when_the_victim_verifies_elsewhere_and_the_password_with_a_reset()
    {
        var (person, mailbox) = (await attacker.SignInSomebodyAsync(), Some.Email());
        var verification = Mailbox.TokenOf(await MailAsync(person.Email, "Verify your"));
        Assert.Equal(200, (await attacker.AskChangeAsync(mailbox, person.Password)).Status);
        var change = Mailbox.TokenOf(await MailAsync(mailbox, "Confirm your new"));
        Assert.Equal(200, (await victim.VerifyAsync(verification)).Status);
        (await attacker.ConfirmChangeAsync(change)).AssertRefused(400, "invalid_token");
        Assert.Equal((1, 0), (await server.Database.UsersAsync(person.Email, "email_verified"), await server.Database.UsersAsync(mailbox)));
        Assert.Equal(200, (await ComeAsync("resets by the link", person, verification)).Status);
        await attacker.AssertOutAsync();
        (await attacker.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
    }

    /// <summary>Whichever node has sent it.</summary>
    private async Task<Accounts.Development.Mailbox.MailboxFolder.Delivered> MailAsync(string address, string subject)
    {
        Accounts.Development.Mailbox.MailboxFolder.Delivered[] About() => [.. server.MailsAbout(address, subject), .. other.MailsAbout(address, subject)];
        await Until.TrueAsync(() => Task.FromResult(About().Length > 0), $"a mail about \"{subject}\" to {address}");
        return About()[^1];
    }
}
