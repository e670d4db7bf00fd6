using Accounts.Tests.Admin;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>The first administrator, and every other that an operator makes.</summary>
public sealed class CreateAdminCommandTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly Person person = Some.Person();
    private ApiClient client = null!;

    public ValueTask InitializeAsync()
    {
        client = server.Client();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RE_08_It_makes_a_user_who_administers_and_prints_a_link_that_sets_the_password_once()
    {
        var run = await server.DoneAsync("create-admin", person.Email);
        Assert.Contains($"{person.Email} administers, as the user {person.Username}.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("The account was there", run.Output, StringComparison.Ordinal);
        var token = CommandSteps.TokenOf(run.Output);
        Assert.Equal(1, await server.Database.UsersAsync(
            person.Email, "email_verified AND verified_by IS NULL AND verified_at IS NOT NULL AND roles = '{admin}' AND ways = '{}' AND password_hash IS NULL AND NOT signed_up_here"));
        Assert.DoesNotContain(token, await server.Database.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (await client.ResetAsync(token)).Status);
        (await client.ResetAsync(token, "an-other-horse-77")).AssertRefused(400, "invalid_token");
        await client.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(200, (await client.GetAsync(AdminSteps.Users)).Status);
    }

    [Fact]
    public async Task LG_01_It_leaves_an_event_of_an_operator_with_what_was_made()
    {
        await server.CreateAdminAsync(person.Email);
        var (actor, before, after) = await server.Database.ActAsync(person, "administrator_made");
        Assert.Null(actor);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, before.ValueKind);
        Assert.Equal((person.Username, "[\"admin\"]"), (after.GetProperty("username").GetString(), after.GetProperty("roles").GetRawText().Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task RE_08_As_JSON_it_is_one_document_whose_link_is_good_for_an_hour()
    {
        var json = (await server.DoneAsync("create-admin", person.Email, "--json")).Json;
        Assert.Equal(["email", "username", "link", "expires_at"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((person.Email, person.Username), (json.GetProperty("email").GetString(), json.GetProperty("username").GetString()));
        Assert.InRange(json.GetProperty("expires_at").GetDateTime() - DateTime.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
        var token = CommandSteps.TokenOf(json.GetProperty("link").GetString()!);
        await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = clock_timestamp() WHERE email = @email", ("email", person.Email));
        (await client.ResetAsync(token)).AssertRefused(400, "invalid_token");
        (await client.LoginAsync(person with { Password = Some.OtherPassword })).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task RE_08_Run_again_it_prints_another_link_and_the_one_before_is_dead()
    {
        var first = await server.CreateAdminAsync(person.Email);
        var second = await server.CreateAdminAsync(person.Email.ToUpperInvariant());
        (await client.ResetAsync(first)).AssertRefused(400, "invalid_token");
        Assert.Equal(200, (await client.ResetAsync(second)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task A_username_that_somebody_has_gets_a_number()
    {
        using var other = server.Client();
        Assert.Equal(201, (await other.RegisterAsync(person.Username, Some.Email())).Status);
        await server.CreateAdminAsync(person.Email);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"username ~ '^{person.Username}[0-9]+$'"));
    }

    [Theory]
    [InlineData("nobody"), InlineData("nobody at all@example.test"), InlineData("")]
    public async Task What_is_no_address_is_told(string email) => (await server.CommandAsync("create-admin", email)).AssertRefused($"{email} is no e-mail address.");

    [Fact]
    public async Task Who_holds_as_many_roles_as_one_may_stays_as_they_are()
    {
        await client.RegisterAsync(person);
        await server.Database.ChangeAsync(person, "email_verified = true, roles = (SELECT array_agg('r' || n) FROM generate_series(1, 20) n)");
        (await server.CommandAsync("create-admin", person.Email)).AssertRefused("roles: Ensure this field has no more than 20 elements.");
        await client.SignInAsync(person);
        Assert.Equal(0, await server.Database.EventsAsync(person, "administrator_made"));
    }

    [Fact]
    public async Task RE_08_Of_several_at_once_one_user_comes_and_one_link_that_is_good()
    {
        for (var round = 0; round < Rounds.Count; round++)
        {
            var somebody = Some.Person();
            var tokens = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => server.CreateAdminAsync(somebody.Email)));
            Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "roles = '{admin}'"));
            Assert.Equal(1, await server.Database.CountAsync("email_verification_tokens", "email = @email AND expires_at > clock_timestamp()", ("email", somebody.Email)));
            var answers = await Task.WhenAll(tokens.Select(token => client.ResetAsync(token)));
            Assert.Single(answers, answer => answer.Status == 200);
        }
    }
}
