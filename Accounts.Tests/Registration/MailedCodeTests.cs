using System.Globalization;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>A code counts in the browser that had it sent, and its tries are counted there.</summary>
public sealed class MailedCodeTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly (string, string) InBody = ("X-Token-Transport", "body");

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task XA_06_Twelve_wrong_codes_of_another_browser_leave_the_owners_code_good()
    {
        using var owner = server.Client();
        using var stranger = server.Client();
        var person = await owner.RegisterSomebodyAsync();
        var code = await CodeAsync(person, 1);
        Assert.Equal(200, (await stranger.ResendAsync(person.Email)).Status);
        await CodeAsync(person, 2);
        for (var i = 0; i < 12; i++)
        {
            (await stranger.VerifyByCodeAsync(person.Email, Other(code, i + 1))).AssertRefused(400, "invalid_token");
        }
        Assert.Equal("0, 5", await server.Database.ScalarAsync<string>(
            "SELECT string_agg(attempts::text, ', ' ORDER BY created_at) FROM email_verification_tokens WHERE email = @email", ("email", person.Email)));
        Assert.Equal(200, (await owner.VerifyByCodeAsync(person.Email, code)).Status);
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task SG_07_The_right_code_is_refused_where_nobody_had_it_sent(bool signedIn)
    {
        using var owner = server.Client();
        using var stranger = server.Client();
        var person = await owner.RegisterSomebodyAsync();
        var code = await CodeAsync(person, 1);
        if (signedIn)
        {
            await stranger.SignInSomebodyAsync();
        }
        var refused = await stranger.VerifyByCodeAsync(person.Email, code);
        refused.AssertRefused(400, "invalid_token");
        Assert.Equal(refused.Visible(), (await stranger.VerifyByCodeAsync(Some.Email(), code)).Visible());
        Assert.False(await server.Database.IsVerifiedAsync(person));
        Assert.Equal(200, (await owner.VerifyByCodeAsync(person.Email, code)).Status);
    }

    [Fact]
    public async Task SG_07_Each_browser_has_the_codes_that_it_had_sent_and_no_other()
    {
        using var laptop = server.Client();
        using var phone = server.Client();
        var person = await laptop.RegisterSomebodyAsync();
        var first = await CodeAsync(person, 1);
        Assert.Equal(200, (await phone.ResendAsync(person.Email)).Status);
        var second = await CodeAsync(person, 2);
        Assert.Equal(200, (await laptop.ResendAsync(person.Email)).Status);
        var third = await CodeAsync(person, 3);
        (await laptop.VerifyByCodeAsync(person.Email, second)).AssertRefused(400, "invalid_token");
        (await phone.VerifyByCodeAsync(person.Email, third)).AssertRefused(400, "invalid_token");
        (await phone.VerifyByCodeAsync(person.Email, first)).AssertRefused(400, "invalid_token");
        laptop.Cookies.Remove("registration");
        Assert.Equal(200, (await laptop.VerifyByCodeAsync(person.Email, third)).Status);
        Assert.Equal(200, (await phone.VerifyByCodeAsync(person.Email, second)).Status);
        Assert.Equal(1, await server.Database.EventsAsync(person, "email_verified"));
    }

    [Fact]
    public async Task SG_07_A_client_without_cookies_sends_the_attempt_back_that_it_was_given()
    {
        using var client = server.Client();
        var person = Some.Person();
        var registered = await client.PostAsync(
            "/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, InBody);
        Assert.Equal(201, registered.Status);
        var first = await CodeAsync(person, 1);
        var resent = await client.PostAsync("/api/auth/verify-email/resend/", new { email = person.Email }, InBody);
        Assert.Empty(registered.SetCookies.Concat(resent.SetCookies));
        Assert.Empty(client.Cookies);
        var second = await CodeAsync(person, 2);
        (await client.VerifyByCodeAsync(person.Email, first)).AssertRefused(400, "invalid_token");
        foreach (var (code, attempt) in new[] { (second, registered["attempt"]), (first, resent["attempt"]), (first, Forged(registered["attempt"]!)), (first, "x") })
        {
            (await client.PostAsync("/api/auth/verify-email/", new { email = person.Email, code, attempt })).AssertRefused(400, "invalid_token");
        }
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { email = person.Email, code = second, attempt = resent["attempt"] })).Status);
        Assert.True(await server.Database.IsVerifiedAsync(person));
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { email = person.Email, code = first, attempt = registered["attempt"] })).Status);
    }

    [Fact]
    public async Task SG_07_A_client_without_cookies_keeps_its_name_by_sending_the_attempt_along()
    {
        using var client = server.Client();
        var person = Some.Person();
        var attempt = (await client.PostAsync(
            "/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, InBody))["attempt"];
        var first = await CodeAsync(person, 1);
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/resend/", new { email = person.Email, attempt }, InBody)).Status);
        var second = await CodeAsync(person, 2);
        Assert.Equal("true", (await client.PostAsync("/api/auth/verify-email/check/", new { token = await server.Mailbox.TokenAsync(person.Email), attempt }))["same_browser"]);
        foreach (var code in new[] { second, first })
        {
            Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { email = person.Email, code, attempt })).Status);
        }
    }

    [Fact]
    public async Task XA_06_Mails_that_others_ask_for_end_neither_the_owners_code_nor_the_link()
    {
        using var owner = server.Client();
        using var stranger = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(owner);
        var code = await CodeAsync(person, 1);
        for (var mail = 2; mail <= 5; mail++)
        {
            Assert.Equal(200, (await stranger.ResendAsync(person.Email)).Status);
            await server.Mailbox.WaitAsync(person.Email, mail);
        }
        Assert.Equal(200, (await owner.CheckAsync(token)).Status);
        Assert.Equal(200, (await owner.VerifyByCodeAsync(person.Email, code)).Status);
    }

    [Fact]
    public async Task SG_09_A_code_that_was_asked_for_elsewhere_shows_who_reads_the_mail_and_not_who_made_the_account()
    {
        using var stranger = server.Client();
        using var owner = server.Client();
        var person = await stranger.RegisterSomebodyAsync();
        await CodeAsync(person, 1);
        Assert.Equal(200, (await owner.ResendAsync(person.Email)).Status);
        Assert.Equal(200, (await owner.VerifyByCodeAsync(person.Email, await CodeAsync(person, 2))).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND verified_by = 'link_elsewhere'"));
    }

    [Fact]
    public async Task SG_07_An_address_that_nobody_has_gets_an_attempt_just_the_same()
    {
        using var known = server.Client();
        using var unknown = server.Client();
        using var registering = server.Client();
        var person = await registering.RegisterSomebodyAsync();
        foreach (var headers in new[] { [], new[] { InBody } })
        {
            var (one, other) = (
                await known.PostAsync("/api/auth/verify-email/resend/", new { email = person.Email }, headers),
                await unknown.PostAsync("/api/auth/verify-email/resend/", new { email = Some.Email() }, headers));
            Assert.Equal((200, one["attempt"]?.Length, one.SetCookies.Count()), (other.Status, other["attempt"]?.Length, other.SetCookies.Count()));
            Assert.Equal(headers.Length == 0, one["attempt"] is null);
        }
    }

    [Fact]
    public async Task An_origin_that_is_not_listed_gets_no_attempt_in_a_body()
    {
        using var client = server.Client();
        var person = Some.Person();
        (string, string)[] headers = [InBody, ("Origin", "https://app.example.test"), ("Sec-Fetch-Site", "same-origin")];
        (await client.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, headers))
            .AssertRefused(403, "permission_denied");
        (await client.PostAsync("/api/auth/verify-email/resend/", new { email = person.Email }, headers)).AssertRefused(403, "permission_denied");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    private async Task<string> CodeAsync(Person person, int mail) => Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email, mail));

    private static string Other(string code, int step) =>
        ((int.Parse(code, CultureInfo.InvariantCulture) + step) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    private static string Forged(string proof) => (proof[0] == 'A' ? 'B' : 'A') + proof[1..];
}
