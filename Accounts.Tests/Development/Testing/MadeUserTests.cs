using Accounts.Tests.SecondFactor;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development.Testing;

/// <summary>A user that a test has asked for is one as any other.</summary>
public sealed class MadeUserTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task With_nothing_said_it_is_somebody_new_and_verified_who_signs_in()
    {
        using var client = server.Client();
        var (made, other) = (await client.MakeUserAsync(), await client.MakeUserAsync());
        Assert.NotEqual(made["email"], other["email"]);
        Assert.Equal(("true", "[]", null, null), (made["email_verified"], made["roles"], made["totp_secret"], made["recovery_codes"]));
        Assert.Equal("no-store", made.Header("Cache-Control"));
        await client.SignInAsync(made.Person());
        var me = await client.MeAsync();
        Assert.Equal((made["id"], made["username"], "true"), (me["id"], me["username"], me["email_verified"]));
        Assert.Empty(server.Mailbox.To(made["email"]!));
        Assert.Equal(1, await server.Database.EventsAsync(made.Person(), "registered"));
        Assert.Equal(1, await server.Database.EventsAsync(made.Person(), "email_verified"));
        Assert.Equal(0, await server.Database.CountAsync("invitations", "email = @email", ("email", made["email"]!)));
    }

    [Fact]
    public async Task What_is_said_they_have()
    {
        using var client = server.Client();
        var person = Some.Person();
        var made = await client.MakeUserAsync(new
        {
            username = person.Username, email = person.Email, password = person.Password, first_name = "Ann", last_name = "Smith", roles = new[] { "editor", "admin" },
        });
        Assert.Equal(person, made.Person());
        Assert.Equal("""["admin","editor"]""", made["roles"]);
        await client.SignInAsync(person);
        Assert.Equal(("Ann", "Smith"), ((await client.MeAsync())["first_name"], (await client.MeAsync())["last_name"]));
        Assert.Equal(200, (await client.GetAsync("/api/admin/users/")).Status);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_the_code_that_an_app_shows_now_is_good()
    {
        using var client = server.Client();
        var made = await client.MakeUserAsync(new { totp = true, roles = new[] { "admin" } });
        Assert.Equal(10, made.Codes().Length);
        foreach (var code in new[] { FactorSteps.CodeOf(made["totp_secret"]!), made.Codes()[0] })
        {
            var asked = await client.LoginAsync(made.Person());
            asked.AssertRefused(403, "second_factor_required");
            var answer = await client.PostAsync("/api/auth/login/second-factor/", new { ticket = asked["ticket"], code });
            Assert.True(answer.Status == 200, answer.ToString());
            Assert.Equal("""["password","totp"]""", (await client.MeAsync(answer.Access))["ways"]);
        }
        Assert.Empty(server.Mailbox.To(made["email"]!));
    }

    [Fact]
    public async Task Who_is_to_verify_the_address_themselves_gets_the_mail()
    {
        using var client = server.Client();
        var made = await client.MakeUserAsync(new { verified = false });
        Assert.Equal("false", made["email_verified"]);
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync(made["email"]!))).Status);
        Assert.True(await server.Database.IsVerifiedAsync(made.Person()));
    }

    [Fact]
    public async Task Mistakes_are_told_and_make_nobody()
    {
        using var client = server.Client();
        var taken = await client.MakeUserAsync();
        (await client.PostAsync(TestingSteps.Users, new { email = taken["email"] })).AssertField("email", "user with this email already exists.");
        (await client.PostAsync(TestingSteps.Users, new { username = taken["username"] })).AssertField("username", "A user with that username already exists.");
        var person = Some.Person();
        (await client.PostAsync(TestingSteps.Users, new { email = person.Email, password = "password" })).AssertField("password", "This password is too common.");
        (await client.PostAsync(TestingSteps.Users, new { email = person.Email, roles = new[] { "Not a role" } }))
            .AssertField("roles", "A role is a lower-case letter and up to 31 letters, digits, - and _.");
        (await client.PostAsync(TestingSteps.Users, new { email = person.Email, verified = false, roles = new[] { "editor" } }))
            .AssertField("verified", "Only a user whose e-mail address is verified can hold roles, or have a second factor from the start.");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
        Assert.Equal(0, await server.Database.CountAsync("invitations"));
    }
}
