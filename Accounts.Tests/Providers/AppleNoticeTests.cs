using System.Text.Json.Nodes;
using Accounts.Tests.Deletion;
using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>Apple tells by itself when somebody leaves: they are disconnected, never deleted, and never without a way in.</summary>
public sealed class AppleNoticeTests(PresetServer shared) : IClassFixture<PresetServer>, IAsyncLifetime
{
    private const string About = "does not sign you in";

    private readonly TestServer server = shared.Server;
    private readonly PresetDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client(), apple = shared.Server.Client("Apple/1");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        apple.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Signed in by Apple, with an address of their own or one that Apple forwards.</summary>
    private async Task<(JsonObject Apples, Person Person)> SignedInAsync(bool relay)
    {
        var person = provider.Apples();
        if (!relay)
        {
            person["email"] = Some.Email();
        }
        await client.SignInByAppleAsync(provider, person);
        return (person, new Person((await client.MeAsync())["username"]!, person.Email(), ""));
    }

    private Task TakenAsync(string notice) => apple.TakenAsync(notice);

    private Task<string> AllOfAsync(Person person) => server.Database.AllOfAsync(person);

    private Task<long> IdentitiesAsync(JsonObject person, string where = "true") =>
        server.Database.CountAsync("social_accounts", $"provider_uid = @uid AND {where}", ("uid", (string)person["sub"]!));

    [Theory]
    [InlineData("consent-revoked"), InlineData("account-delete"), InlineData("account-deleted")]
    public async Task SO_12_Who_leaves_at_Apple_is_disconnected_and_signed_out_and_gets_in_by_the_mailbox(string kind)
    {
        var (apples, person) = await SignedInAsync(relay: false);
        var notice = provider.Notice(kind, apples);
        await TakenAsync(notice);
        await client.AssertOutAsync();
        Assert.Equal((0, 1), (await IdentitiesAsync(apples), await server.Database.UsersAsync(person.Email, "ways = '{}' AND is_active AND deleted_at IS NULL")));
        Assert.Equal((1, 1), (await server.Database.EventsAsync(person, "social_account_disconnected"), await server.Database.EventsAsync(person, "session_withdrawn")));
        await server.RecoveryTokenAsync(person.Email, About);
        var mail = Assert.Single(server.MailsAbout(person.Email, About));
        Assert.Equal("Apple does not sign you in at localhost any more", mail.Subject);
        Assert.Contains("You can sign in with: nothing yet\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"\n{server.Address}forgot-password\n", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", mail.Text.Replace($"{server.Address}", "", StringComparison.Ordinal), StringComparison.Ordinal);

        var before = await AllOfAsync(person);
        await TakenAsync(notice);
        await TakenAsync(provider.Notice(kind, apples));
        Assert.Equal(before, await AllOfAsync(person));

        Assert.Equal(200, (await client.ResetAsync(await server.ResetTokenAsync(client, person))).Status);
        await client.SignInAsync(person with { Password = Some.OtherPassword });
    }

    [Fact]
    public async Task SO_12_A_session_that_another_way_has_opened_goes_on_and_the_mail_names_that_way()
    {
        using var laptop = server.Client();
        var person = await server.RegisterVerifiedAsync(laptop);
        await laptop.SignInAsync(person);
        var apples = provider.Apples();
        apples["email"] = person.Email;
        await client.PostAsApplesPageAsync(await client.LeaveForAppleAsync(provider, apples));
        Assert.Equal(200, (await client.PostAsync("/api/auth/social/link/", new { password = person.Password })).Status);
        using var phone = server.Client();
        await phone.SignInByAppleAsync(provider, apples);
        await TakenAsync(provider.Notice("consent-revoked", apples));
        await phone.AssertOutAsync();
        Assert.All([await laptop.MeAsync(), await laptop.RefreshAsync(), await client.RefreshAsync()], answer => Assert.Equal(200, answer.Status));
        Assert.Equal((0, 1), (await IdentitiesAsync(apples), await server.Database.UsersAsync(person.Email, "ways = '{password}'")));
        Assert.Equal(1, await server.Database.EventsAsync(person, "session_withdrawn"));
        await server.RecoveryTokenAsync(person.Email, About);
        Assert.Contains("You can sign in with: password\n", Assert.Single(server.MailsAbout(person.Email, About)).Text, StringComparison.Ordinal);
    }

    /// <summary>Apple forwards no mail after that, so that a reset would reach nobody.</summary>
    [Fact]
    public async Task SO_12_The_only_way_in_of_who_has_only_Apples_address_stays_and_is_good_with_a_new_consent()
    {
        var (apples, person) = await SignedInAsync(relay: true);
        var notice = provider.Notice("consent-revoked", apples);
        await TakenAsync(notice);
        await client.AssertOutAsync();
        Assert.Equal((1, 1), (await IdentitiesAsync(apples, "withdrawn_at IS NOT NULL"), await server.Database.UsersAsync(person.Email, "ways = '{apple}'")));
        Assert.Equal((1, 0), (await server.Database.EventsAsync(person, "social_account_withdrawn"), await server.Database.EventsAsync(person, "social_account_disconnected")));
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(person.Email, About).Count == 1), "the mail");
        Assert.Contains("sign in with Apple and allow it again", server.MailsAbout(person.Email, About)[0].Text, StringComparison.Ordinal);

        var before = await AllOfAsync(person);
        await TakenAsync(notice);
        Assert.Equal(before, await AllOfAsync(person));

        await client.SignInByAppleAsync(provider, apples);
        Assert.Equal(person.Username, (await client.MeAsync())["username"]);
        await TakenAsync(notice);
        Assert.Equal(200, (await client.MeAsync()).Status);
        await server.Database.ExecuteAsync("UPDATE social_accounts SET last_login = last_login - interval '1 minute' WHERE provider_uid = @uid", ("uid", (string)apples["sub"]!));
        await TakenAsync(notice);
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Theory]
    [InlineData("account-delete"), InlineData("account-deleted")]
    public async Task SO_12_Where_nobody_could_ever_sign_in_again_the_open_sessions_go_on(string kind)
    {
        var (apples, person) = await SignedInAsync(relay: true);
        await TakenAsync(provider.Notice(kind, apples));
        Assert.All([await client.MeAsync(), await client.RefreshAsync()], answer => Assert.Equal(200, answer.Status));
        Assert.Equal((1, 1), (await IdentitiesAsync(apples), await server.Database.EventsAsync(person, "social_account_withdrawn")));
    }

    [Fact]
    public async Task SO_12_Apples_address_is_enough_where_there_is_another_way_in()
    {
        var (apples, person) = await SignedInAsync(relay: true);
        Assert.Equal(200, (await client.ResetAsync(await server.ResetTokenAsync(client, person))).Status);
        await client.SignInByAppleAsync(provider, apples);
        await TakenAsync(provider.Notice("account-delete", apples));
        await client.AssertOutAsync();
        Assert.Equal((0, 1), (await IdentitiesAsync(apples), await server.Database.UsersAsync(person.Email, "ways = '{password}'")));
        await client.SignInAsync(person with { Password = Some.OtherPassword });
    }

    [Fact]
    public async Task SG_08_This_wasnt_me_undoes_a_notice_too()
    {
        var (apples, person) = await SignedInAsync(relay: false);
        await TakenAsync(provider.Notice("consent-revoked", apples));
        var link = await server.RecoveryTokenAsync(person.Email, About);
        Assert.Equal(200, (await client.FreezeAsync(link)).Status);
        Assert.Equal(200, (await client.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen))).Status);
        Assert.Equal((1, 1), (await IdentitiesAsync(apples), await server.Database.UsersAsync(person.Email, "ways = '{password,apple}'")));
    }

    [Theory]
    [InlineData("email-disabled"), InlineData("email-enabled"), InlineData("something-new")]
    public async Task What_is_no_end_is_taken_and_nothing_follows_from_it(string kind)
    {
        var (apples, person) = await SignedInAsync(relay: true);
        var before = await AllOfAsync(person);
        await TakenAsync(provider.Notice(kind, apples, (_, told) => (told["email"], told["is_private_email"]) = (person.Email, "true")));
        Assert.Equal(before, await AllOfAsync(person));
    }

    [Fact]
    public async Task Who_has_deleted_their_account_may_have_it_back_as_it_was()
    {
        var (apples, person) = await SignedInAsync(relay: false);
        server.HasProved(client);
        Assert.Equal(204, (await client.DeleteAccountAsync()).Status);
        var before = await AllOfAsync(person);
        await TakenAsync(provider.Notice("consent-revoked", apples));
        Assert.Equal((before, 1), (await AllOfAsync(person), await IdentitiesAsync(apples)));
    }

    [Fact]
    public async Task Of_many_notices_at_once_one_disconnects_and_one_mail_tells_of_it()
    {
        var (apples, person) = await SignedInAsync(relay: false);
        var notices = Enumerable.Range(0, 8).Select(_ => provider.Notice("account-delete", apples)).ToArray();
        Assert.All(await Task.WhenAll(notices.Select(apple.TellAsync)), answer => Assert.Equal(200, answer.Status));
        Assert.Equal((1, 1), (await server.Database.EventsAsync(person, "social_account_disconnected"),
            await server.Database.CountAsync("outbox_messages", "template = 'social_account_withdrawn' AND recipient = @to", ("to", person.Email))));
    }
}
