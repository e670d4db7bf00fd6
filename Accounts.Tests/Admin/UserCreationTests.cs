using System.Text.Json;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Accounts that administrators make for others.</summary>
public sealed class UserCreationTests(Postgres postgres) : IAsyncLifetime
{
    private const string Subject = "Your account at";

    private TestServer server = null!;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, somebody = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        somebody = Some.Person();
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task RO_07_A_mailed_link_sets_the_password_and_verifies_the_address()
    {
        var answer = await CreateAsync(somebody);
        Assert.Equal((201, "false", "[]", "true"), (answer.Status, answer["email_verified"], answer["ways"], answer["is_active"]));
        Assert.Equal($"\"{answer["version"]}\"", answer.Header("ETag"));
        Assert.Equal(answer.Json.GetProperty("id").GetGuid(), await server.Database.IdAsync(somebody));
        (await client.LoginAsync(somebody)).AssertRefused(401, "invalid_credentials");
        var mail = await server.MailAboutAsync(somebody, Subject);
        Assert.Contains("for 7 days", mail.Text, StringComparison.Ordinal);
        var token = Mailbox.TokenOf(mail);
        Assert.DoesNotContain(token, answer.Text + await server.Database.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (await client.ResetAsync(token)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "email_verified AND verified_by = 'reset' AND ways = '{password}'"));
        await client.SignInAsync(somebody with { Password = Some.OtherPassword });
        Assert.Equal(400, (await client.ResetAsync(token, "an-other-horse-77")).Status);
    }

    [Fact]
    public async Task RO_08_It_leaves_an_event_with_who_did_it_and_what_was_made()
    {
        await CreateAsync(somebody, new { first_name = "Bob", locale = "DE-at" });
        var (actor, before, after) = await server.Database.ActAsync(somebody, "user_created");
        Assert.Equal((await server.Database.IdAsync(administrator), JsonValueKind.Null), (actor!.Value, before.ValueKind));
        Assert.Equal((somebody.Username, "Bob", "de-AT"), (after.GetProperty("username").GetString(), after.GetProperty("first_name").GetString(), after.GetProperty("locale").GetString()));
    }

    [Fact]
    public async Task What_is_taken_is_told_and_nothing_is_made_or_mailed()
    {
        var taken = await CreateAsync(administrator);
        taken.AssertBody(400, """{"username":["A user with that username already exists."],"email":["user with this email already exists."]}""");
        (await CreateAsync(somebody with { Username = administrator.Username })).AssertBody(400, """{"username":["A user with that username already exists."]}""");
        (await CreateAsync(somebody with { Email = administrator.Email.ToUpperInvariant() })).AssertBody(400, """{"email":["user with this email already exists."]}""");
        Assert.Equal(1, await server.Database.CountAsync("users"));
        Assert.Equal(0, await server.Database.CountAsync("security_events", "kind = 'user_created'"));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template = 'account_made'"));
        Assert.Equal(0, await server.Database.CountAsync("email_verification_tokens", "purpose = 'reset'"));
    }

    [Fact]
    public async Task What_is_missing_or_no_address_is_told_by_its_name()
    {
        var answer = await admin.PostAsync(AdminSteps.Users, new { email = "nobody", first_name = new string('x', 151) });
        Assert.Equal((400, 3), (answer.Status, answer.Json.EnumerateObject().Count()));
        Assert.Equal(1, await server.Database.CountAsync("users"));
    }

    [Fact]
    public async Task RO_04_Nobody_is_made_with_a_password_a_role_or_a_verified_address()
    {
        await CreateAsync(somebody, new { password = Some.Password, password_hash = "x", roles = new[] { "admin" }, email_verified = true, is_active = false, id = Guid.Empty, version = 9 });
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "NOT email_verified AND roles = '{}' AND password_hash IS NULL AND is_active AND version = 0"));
        (await client.LoginAsync(somebody)).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task It_is_possible_where_nobody_may_sign_up_and_no_sweep_takes_who_is_slow()
    {
        await using var closed = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Registration:Open", "false"));
        using var there = closed.Client();
        await there.SignInAsync(administrator);
        Assert.Equal(201, (await there.PostAsync(AdminSteps.Users, new { username = somebody.Username, email = somebody.Email })).Status);
        await server.Database.ChangeAsync(somebody, "date_joined = now() - interval '31 days'");
        await server.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email));
    }

    /// <summary>The link was lost, or a week is over.</summary>
    [Fact]
    public async Task The_link_is_sent_once_more_by_the_mail_that_sets_a_password()
    {
        await CreateAsync(somebody);
        var first = Mailbox.TokenOf(await server.MailAboutAsync(somebody, Subject));
        Assert.Equal(200, (await admin.PostAsync($"{await server.Database.AddressAsync(somebody)}reset-password/")).Status);
        var second = Mailbox.TokenOf(await server.MailAboutAsync(somebody, "Choose a new password"));
        Assert.Equal(200, (await client.ResetAsync(second)).Status);
        Assert.Equal(400, (await client.ResetAsync(first, "an-other-horse-77")).Status);
    }

    private Task<Answer> CreateAsync(Person person, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        (body["username"], body["email"]) = (person.Username, person.Email);
        return admin.PostAsync(AdminSteps.Users, body);
    }
}
