using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>Signing up by an invitation, where sign-up is closed and where it is not.</summary>
[Trait("Pace", "long")]
public sealed class InvitedRegistrationTests(Postgres postgres) : IAsyncLifetime
{
    private const string Register = "/api/auth/register/";

    private TestServer server = null!, closed = null!;
    private ApiClient admin = null!, client = null!, late = null!;
    private Person administrator = null!, somebody = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        closed = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Registration:Open", "false"));
        (admin, client, late) = (server.Client(), server.Client(), closed.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        somebody = Some.Person();
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        late.Dispose();
        await closed.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Where_sign_up_is_closed_who_is_invited_signs_up_and_nobody_else()
    {
        var token = await server.InvitationAsync(admin, somebody.Email);
        (await late.RegisterAsync(somebody)).AssertRefused(403, "registration_closed");
        (await late.AcceptAsync(somebody, token)).AssertBody(201, InvitationSteps.Accepted);
        await late.SignInAsync(somebody);
        Assert.Equal("true", (await late.MeAsync())["email_verified"]);
        (await late.RegisterAsync(Some.Person())).AssertRefused(403, "registration_closed");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"username": "a@b.example", "email": "nobody", "password": "1"}""")]
    [InlineData("""{"username": "", "email": null, "password": [], "invitation": null}""")]
    [InlineData("""{"username": "a", "invitation": " "}""")]
    public async Task Who_may_not_sign_up_learns_nothing_of_their_fields(string body)
    {
        var answer = await SendAsync(late, body);
        answer.AssertRefused(403, "registration_closed");
        Assert.Equal(["detail", "code"], answer.Json.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("\"0123456789012345678901234567890123456789012\""), InlineData("\"x\""), InlineData("17"), InlineData("true"), InlineData("{}"), InlineData("[\"a\"]"), InlineData("\"\\u0000\"")]
    public async Task A_dead_invitation_alone_is_told_of_whatever_else_is_wrong(string token)
    {
        foreach (var browser in new[] { client, late })
        {
            (await SendAsync(browser, $$"""{"username": "", "email": "nobody", "password": "1", "invitation": {{token}}}""")).AssertBody(400, InvitationSteps.Dead);
            (await SendAsync(browser, $$"""{"username": "{{somebody.Username}}", "email": "{{administrator.Email}}", "password": "{{somebody.Password}}", "invitation": {{token}}}""")).AssertBody(400, InvitationSteps.Dead);
        }
        Assert.Equal(1, await server.Database.CountAsync("users"));
    }

    private static Task<Answer> SendAsync(ApiClient browser, string body) => browser.SendAsync(HttpMethod.Post, Register, new StringContent(body, null, "application/json"));

    [Fact]
    public async Task Who_has_a_live_invitation_is_told_all_that_is_wrong_at_once()
    {
        var token = await server.InvitationAsync(admin, somebody.Email);
        var answer = await late.AcceptAsync(somebody with { Username = "a b", Password = "password" }, token);
        Assert.Equal(["username", "password"], answer.Json.EnumerateObject().Select(member => member.Name));
        (await SendAsync(late, $$"""{"email": "nobody", "invitation": "{{token}}"}""")).AssertBody(
            400, """{"username":["This field is required."],"email":["Enter a valid email address."],"password":["This field is required."]}""");
        Assert.Equal((400, 1), (answer.Status, await server.Database.CountAsync("invitations")));
    }

    [Fact]
    public async Task It_is_for_the_invited_address_and_no_other()
    {
        var token = await server.InvitationAsync(admin, somebody.Email, "admin");
        (await late.AcceptAsync(somebody with { Email = Some.Email() }, token)).AssertBody(400, InvitationSteps.Anothers);
        (await client.AcceptAsync(somebody with { Email = administrator.Email }, token)).AssertBody(400, InvitationSteps.Anothers);
        Assert.Equal((1, 1), (await server.Database.CountAsync("users"), await server.Database.CountAsync("invitations")));
        (await late.AcceptAsync(somebody with { Email = somebody.Email.ToUpperInvariant() }, token)).AssertBody(201, InvitationSteps.Accepted);
    }

    [Fact]
    public async Task A_taken_name_leaves_the_invitation_good()
    {
        var token = await server.InvitationAsync(admin, somebody.Email, "editor");
        (await late.AcceptAsync(somebody with { Username = administrator.Username.ToUpperInvariant() }, token)).AssertBody(400, """{"username":["A user with that username already exists."]}""");
        Assert.Equal((1, 0, 1), (await server.Database.CountAsync("users"), await server.Database.CountAsync("security_events", "kind = 'invitation_accepted'"), await server.Database.CountAsync("invitations")));
        (await late.AcceptAsync(somebody, token)).AssertBody(201, InvitationSteps.Accepted);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "roles = '{editor}'"));
    }

    [Fact]
    public async Task Who_has_signed_up_without_it_meanwhile_is_told_so_and_gets_nothing_by_it()
    {
        var token = await server.InvitationAsync(admin, somebody.Email, "admin");
        await client.RegisterAsync(somebody);
        (await late.AcceptAsync(Some.Person() with { Email = somebody.Email }, token)).AssertBody(400, """{"email":["user with this email already exists."]}""");
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "NOT email_verified AND roles = '{}'"));
    }

    /// <summary>Whoever has the token reads the mail of the address: there is nothing to hide from them.</summary>
    [Fact]
    public async Task XA_02_Where_accounts_are_hidden_an_invitation_is_answered_honestly_and_waits_for_nothing()
    {
        await using var hidden = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Registration:HideExistingAccounts", "true"));
        using var browser = hidden.Client();
        var token = await server.InvitationAsync(admin, somebody.Email);
        (await browser.AcceptAsync(somebody, token[1..])).AssertBody(400, InvitationSteps.Dead);
        (await browser.AcceptAsync(somebody with { Email = administrator.Email }, token)).AssertBody(400, InvitationSteps.Anothers);
        (await browser.AcceptAsync(somebody, token)).AssertBody(201, InvitationSteps.Accepted);
        await browser.SignInAsync(somebody);
        var other = Some.Person();
        var second = await server.InvitationAsync(admin, other.Email);
        await client.RegisterAsync(other);
        (await browser.AcceptAsync(Some.Person() with { Email = other.Email }, second)).AssertBody(400, """{"email":["user with this email already exists."]}""");
        Assert.Equal((0, 0), (await server.Database.CountAsync("pending_sign_ups"), await server.Database.CountAsync("mail_requests")));
    }

    [Fact]
    public async Task Where_only_verified_addresses_sign_in_who_was_invited_does_at_once()
    {
        await using var strict = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Registration:RequireVerifiedEmail", "true"), ("Accounts:Registration:RequireSameBrowser", "true"));
        using var browser = strict.Client();
        await browser.AcceptAsync(somebody, await server.InvitationAsync(admin, somebody.Email));
        using var another = strict.Client();
        await another.SignInAsync(somebody);
    }

    [Fact]
    public async Task A_form_and_a_client_without_cookies_accept_it_and_there_is_nothing_to_confirm()
    {
        var token = await server.InvitationAsync(admin, somebody.Email);
        var answer = await late.SendAsync(HttpMethod.Post, Register, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["username"] = somebody.Username, ["email"] = somebody.Email, ["password1"] = somebody.Password, ["password2"] = somebody.Password, ["first_name"] = "Ann", ["invitation"] = $" {token} ",
        }), ("X-Token-Transport", "body"));
        answer.AssertBody(201, InvitationSteps.Accepted);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "first_name = 'Ann' AND email_verified"));
    }

    [Theory]
    [InlineData("Accounts:FrontendUrl", "https://app.example.test/base", "{server}sign-up#invitation={token}&email={email}")]
    [InlineData("Accounts:Mail:InviteUrl", "https://app.example.test/join?a=1&b=2#/{token}", "https://app.example.test/join?a=1&b=2#/{token}")]
    [InlineData("Accounts:Mail:InviteUrl", "myapp://join/{email}/{token}", "myapp://join/{email}/{token}")]
    public async Task EV_06_The_link_leads_where_the_configuration_says(string setting, string value, string expected)
    {
        await using var site = await TestServer.StartOnAsync(server.Database.ConnectionString, (setting, value), ("Accounts:Mail:MailboxFolder", server.MailboxFolder));
        using var there = site.Client();
        await there.SignInAsync(administrator);
        const string email = "ann+1&x=2@example.test";
        Assert.Equal(201, (await there.InviteAsync(email)).Status);
        var mail = await server.InvitationMailAsync(email);
        var pattern = System.Text.RegularExpressions.Regex.Escape(expected.Replace("{server}", $"{site.Address}", StringComparison.Ordinal).Replace("{email}", "ann%2B1%26x%3D2%40example.test", StringComparison.Ordinal))
            .Replace(@"\{token}", "[A-Za-z0-9_-]{43}", StringComparison.Ordinal);
        Assert.Matches($"\n{pattern}\n", mail.Text);
        Assert.Matches($"href=\"{pattern.Replace("&", "&amp;", StringComparison.Ordinal)}\"", mail.Html);
    }
}
