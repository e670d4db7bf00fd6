using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>What settings make of signing in by mail.</summary>
[Trait("Pace", "long")]
public sealed class EmailCodeSettingsTests(Postgres postgres)
{
    private static readonly (string, string) On = ("Accounts:EmailCodes:Enabled", "true"), SignUp = ("Accounts:EmailCodes:SignUp", "true");

    [Fact]
    public async Task Without_the_setting_there_is_nothing_to_find()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        var absent = await client.PostAsync("/api/auth/login/nowhere/", new { email = person.Email });
        foreach (var path in new[] { "", "confirm/", "check/" })
        {
            foreach (var body in new object?[] { new { email = person.Email, code = "12345678", token = "x" }, null })
            {
                Assert.Equal(absent.Visible(), (await client.PostAsync($"{EmailCodeSteps.Root}{path}", body)).Visible());
            }
        }
        Assert.Equal((await client.GetAsync("/sign-in/nowhere", ("Accept", "text/html"))).Text, (await client.GetAsync("/sign-in/code", ("Accept", "text/html"))).Text);
        Assert.Equal(404, (await client.GetAsync("/sign-in/code")).Status);
        Assert.Equal((0, 0), (await server.Database.CountAsync("mail_requests"), await server.Database.CountAsync("email_verification_tokens", "purpose = 'sign_in'")));
    }

    [Fact]
    public async Task CF_01_A_sign_up_by_mail_where_nobody_signs_in_by_mail_stops_the_start()
    {
        var stopped = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(postgres, SignUp));
        Assert.Contains("Accounts__EmailCodes__Enabled=true", stopped.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_sign_up_is_closed_a_new_address_gets_no_mail_and_one_that_was_mailed_before_no_account()
    {
        var database = await postgres.CreateDatabaseAsync();
        var email = Some.Email();
        using var client = new ApiClient(new Uri("http://localhost"), "Tests/1.0");
        string code;
        await using (var open = await TestServer.StartOnAsync(database, On, SignUp))
        {
            client.Address = open.Address;
            (_, code) = await open.MailedCodeAsync(client, email, EmailCodeSteps.NewSubject);
        }
        await using var closed = await TestServer.StartOnAsync(database, On, SignUp, ("Accounts:Registration:Open", "false"));
        client.Address = closed.Address;
        (await client.SignInByCodeAsync(code)).AssertRefused(403, "registration_closed");
        (await client.AskCodeAsync(Some.Email())).AssertBody(200, EmailCodeSteps.Asked);
        await closed.Database.WorkedOffAsync();
        Assert.Equal((0, 1), (await closed.Database.CountAsync("users"), await closed.Database.CountAsync("email_verification_tokens")));
    }

    [Fact]
    public async Task SG_07_Where_accounts_are_hidden_a_new_address_is_answered_as_a_known_one_and_the_mailbox_alone_learns_which()
    {
        await using var server = await TestServer.StartAsync(postgres, On, SignUp, ("Accounts:Registration:HideExistingAccounts", "true"));
        using var client = server.Client();
        var (known, unknown) = (await server.RegisterVerifiedAsync(client), Some.Email());
        using var one = server.Client();
        using var other = server.Client();
        Assert.Equal((await one.AskCodeAsync(known.Email)).Visible(), (await other.AskCodeAsync(unknown)).Visible());
        var (old, fresh) = (EmailCodeSteps.CodeOf(await server.CodeMailAsync(known.Email)), EmailCodeSteps.CodeOf(await server.CodeMailAsync(unknown, subject: EmailCodeSteps.NewSubject)));
        Assert.Equal((await one.SignInByCodeAsync(Passwords.PasswordSteps.Wrong(old))).Visible(), (await other.SignInByCodeAsync(Passwords.PasswordSteps.Wrong(fresh))).Visible());
        Assert.Equal((200, 200), ((await one.SignInByCodeAsync(old)).Status, (await other.SignInByCodeAsync(fresh)).Status));
        Assert.Equal(1, await server.Database.UsersAsync(unknown, "email_verified"));
    }

    [Fact]
    public async Task Where_only_verified_addresses_sign_in_the_code_verifies()
    {
        await using var server = await TestServer.StartAsync(postgres, On, ("Accounts:Registration:RequireVerifiedEmail", "true"));
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var (_, code) = await server.MailedCodeAsync(client, person.Email);
        Assert.Equal(200, (await client.SignInByCodeAsync(code)).Status);
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    [Theory]
    [InlineData("Accounts:FrontendUrl", "https://app.example.test/base", "{server}sign-in/code#token={token}")]
    [InlineData("Accounts:Mail:CodeUrl", "https://app.example.test/in?a=1&b=2#/{token}", "https://app.example.test/in?a=1&b=2#/{token}")]
    public async Task EV_06_The_link_leads_where_the_configuration_says(string setting, string value, string expected)
    {
        await using var server = await TestServer.StartAsync(postgres, On, (setting, value));
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        (await client.AskCodeAsync(person.Email)).AssertBody(200, EmailCodeSteps.Asked);
        var mail = await server.CodeMailAsync(person.Email);
        var pattern = System.Text.RegularExpressions.Regex.Escape(expected.Replace("{server}", $"{server.Address}", StringComparison.Ordinal)).Replace(@"\{token}", "[A-Za-z0-9_-]{43}", StringComparison.Ordinal);
        Assert.Matches($"\n{pattern}\n", mail.Text);
        Assert.Matches($"href=\"{pattern.Replace("&", "&amp;", StringComparison.Ordinal)}\"", mail.Html);
    }
}
