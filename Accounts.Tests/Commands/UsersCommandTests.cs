using System.Text.Json;
using Accounts.Tests.Admin;
using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>What an operator does to users by commands: the same as an administrator by HTTP.</summary>
[Trait("Pace", "long")]
public sealed class UsersCommandTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!, admin = null!;
    private Person person = null!;
    private Guid id;

    public async ValueTask InitializeAsync()
    {
        (client, admin) = (server.Client(), server.Client());
        await server.SignInAdministratorAsync(admin);
        person = await server.VerifiedAsync(client);
        id = await server.Database.IdAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        admin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_user_is_shown_by_id_address_or_name_with_the_members_of_the_API()
    {
        var answer = await admin.GetAsync($"{AdminSteps.Users}{id}/");
        foreach (var who in new[] { id.ToString(), person.Email, person.Email.ToUpperInvariant(), person.Username, person.Username.ToUpperInvariant() })
        {
            Assert.Equal($"{answer.Text}\n", (await server.DoneAsync("users", "show", who, "--json")).Output);
        }
        var text = (await server.DoneAsync("users", "show", person.Username)).Lines;
        Assert.Contains($"id            {id}", text);
        Assert.Contains("signs in by   password", text);
        Assert.Contains("standing      active", text);
    }

    [Fact]
    public async Task RO_08_Who_is_shown_has_an_event_of_it()
    {
        await server.DoneAsync("users", "show", person.Username);
        var (actor, _, after) = await server.Database.ActAsync(person, "administration_read");
        Assert.Equal((null, "user"), (actor, after.GetProperty("read").GetString()));
    }

    [Theory]
    [InlineData("show"), InlineData("deactivate"), InlineData("activate"), InlineData("end-sessions"), InlineData("delete"), InlineData("erase", "--yes"), InlineData("set-roles", "--none")]
    public async Task Who_is_nobody_is_told_and_nothing_is_done(string act, params string[] more)
    {
        foreach (var who in new[] { "nobody-of-that-name", "nobody@example.test", Guid.NewGuid().ToString(), $"{person.Username}x", "%" })
        {
            (await server.CommandAsync(["users", act, who, .. more])).AssertRefused($"There is no user {who}.");
        }
        var json = await server.CommandAsync(["users", act, "nobody", "--json", .. more]);
        Assert.Equal((1, "", "There is no user nobody."), (json.ExitCode, json.Output, JsonDocument.Parse(json.Errors).RootElement.GetProperty("error").GetString()));
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task A_reason_has_no_control_characters()
    {
        (await server.CommandAsync("users", "deactivate", person.Username, "--reason", "Spam\u001b[2J")).AssertRefused("reason: Control characters are not allowed.");
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task Whoever_is_at_the_same_user_is_waited_for_a_moment_and_then_told_of()
    {
        await using var other = await HeldTransaction.BeginAsync(server.Database);
        await other.ExecuteAsync("SELECT FROM users WHERE email = @email FOR UPDATE", ("email", person.Email));
        (await server.CommandAsync("users", "end-sessions", person.Username)).AssertRefused("Somebody else is changing the same at this moment: try again.");
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    /// <summary>A username may look like somebody's id.</summary>
    [Fact]
    public async Task What_looks_like_an_id_is_nothing_else()
    {
        var name = Guid.NewGuid().ToString();
        await server.Database.ChangeAsync(person, $"username = '{name}', username_key = '{name}'");
        (await server.CommandAsync("users", "delete", name)).AssertRefused($"There is no user {name}.");
    }

    [Fact]
    public async Task RO_03_Who_is_deactivated_is_out_and_who_is_activated_is_in_again()
    {
        var run = await server.DoneAsync("users", "deactivate", person.Username, "--reason", " Spam=1 ", "--json");
        Assert.Equal(("false", "Spam=1"), (run.Json.GetProperty("is_active").GetRawText(), run.Json.GetProperty("reason").GetString()));
        (await client.MeAsync()).AssertAccessRefused("revoked");
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        var (actor, before, after) = await server.Database.ActAsync(person, "user_deactivated");
        Assert.Equal((null, "true", "false"), (actor, before.GetProperty("is_active").GetRawText(), after.GetProperty("is_active").GetRawText()));
        Assert.Contains("  active", (await server.DoneAsync("users", "activate", person.Email)).Output, StringComparison.Ordinal);
        await client.SignInAsync(person);
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_activated"));
    }

    [Fact]
    public async Task A_suspension_has_its_end()
    {
        var until = DateTime.UtcNow.AddDays(7);
        var run = await server.DoneAsync("users", "deactivate", person.Username, "--until", $"{until:yyyy-MM-ddTHH:mm:ssZ}");
        Assert.Contains($"  suspended until {until:yyyy-MM-ddTHH:mm:ssZ}", run.Output, StringComparison.Ordinal);
        await server.Database.ChangeAsync(person, "suspended_until = now() - interval '1 second'");
        await client.SignInAsync(person);
    }

    [Theory]
    [InlineData("--until", "tomorrow", "until: Enter a valid date/time, such as 2026-01-15T09:30:00Z.")]
    [InlineData("--until", "2020-01-15T09:30:00Z", "until: This is over already."), InlineData("--reason", null, "reason: Ensure this field has no more than 500 characters.")]
    public async Task What_no_deactivation_can_have_is_told_and_nothing_is_done(string option, string? value, string sentence)
    {
        (await server.CommandAsync("users", "deactivate", person.Username, option, value ?? new string('x', 501))).AssertRefused(sentence);
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task Roles_are_given_all_at_once_and_taken_away()
    {
        var run = await server.DoneAsync("users", "set-roles", person.Username, "support", "editor");
        Assert.EndsWith("  active  editor, support\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(["editor", "support"], (await client.MeAsync()).Roles());
        var (actor, before, after) = await server.Database.ActAsync(person, "roles_changed");
        Assert.Equal((null, 0, 2), (actor, before.GetProperty("roles").GetArrayLength(), after.GetProperty("roles").GetArrayLength()));
        await server.DoneAsync("users", "set-roles", person.Username, "--none");
        Assert.Empty((await client.MeAsync()).Roles());
        (await server.CommandAsync("users", "set-roles", person.Username, "No Role")).AssertRefused("roles: A role is a lower-case letter and up to 31 letters, digits, - and _.");
        await server.Database.ChangeAsync(person, "email_verified = false");
        (await server.CommandAsync("users", "set-roles", person.Username, "admin")).AssertRefused("roles: Only a user whose e-mail address is verified can hold roles.");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "roles = '{}'"));
    }

    [Theory]
    [InlineData("Name all roles that the user is to hold, or say --none.", "set-roles"), InlineData("Name all roles that the user is to hold, or say --none.", "set-roles", "editor", "--none")]
    [InlineData("This cannot be undone: say --yes.", "erase"), InlineData("Unrecognized command or argument '--force'.", "delete", "--force")]
    public async Task What_is_not_said_clearly_is_not_done(string mistake, string act, params string[] more)
    {
        var run = await server.CommandAsync(["users", act, person.Username, .. more]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(mistake, run.Errors, StringComparison.Ordinal);
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task SE_13_Sessions_end_and_the_activity_says_that_it_was_an_operator()
    {
        await server.DoneAsync("users", "end-sessions", person.Email);
        (await client.MeAsync()).AssertAccessRefused("revoked");
        Assert.Equal("administrator", (await client.PostAsync("/api/auth/session/why/"))["reason"]);
        await client.SignInAsync(person);
        var told = (await client.GetAsync("/api/auth/me/events/")).Json.GetProperty("results").EnumerateArray().Single(entry => entry.GetProperty("kind").GetString() == "user_signed_out");
        Assert.Equal(
            ("An operator ended all sessions", "An operator", ""),
            (told.GetProperty("text").GetString(), told.GetProperty("device").GetString(), told.GetProperty("ip").GetString()));
        var seen = (await admin.GetAsync($"{AdminSteps.Users}{id}/events/")).Results().Single(entry => entry.GetProperty("kind").GetString() == "user_signed_out");
        Assert.Equal(("An operator", JsonValueKind.Null), (seen.GetProperty("device").GetString(), seen.GetProperty("actor_id").ValueKind));
    }

    [Fact]
    public async Task Who_is_deleted_is_out_told_by_mail_and_had_back_by_activate_alone()
    {
        Assert.Contains("  deleted", (await server.DoneAsync("users", "delete", person.Username)).Output, StringComparison.Ordinal);
        (await client.MeAsync()).AssertAccessRefused("revoked");
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        await server.MailAboutAsync(person, RecoverySteps.Deleted);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "erase_after > now() + interval '13 days'"));
        await server.DoneAsync("users", "activate", id.ToString());
        await client.SignInAsync(person);
    }

    /// <summary>A change that may still be undone keeps everybody else's erasure waiting.</summary>
    [Fact]
    public async Task Who_is_erased_is_gone_at_once_from_every_table()
    {
        await client.StealAsync(person, Some.OtherPassword);
        var run = await server.DoneAsync("users", "erase", person.Username, "--yes", "--json");
        Assert.Equal(id, run.Json.GetProperty("erased").GetGuid());
        (await client.MeAsync()).AssertAccessRefused("revoked");
        Assert.DoesNotContain(person.Email, await server.Database.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await server.Database.CountAsync(
            "security_events", "user_id = @id AND (kind = 'account_erasure_asked' AND actor_id IS NULL AND actor_ip = '' OR kind = 'account_erased')", ("id", id)));
        (await server.CommandAsync("users", "erase", person.Username, "--yes")).AssertRefused($"There is no user {person.Username}.");
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
    }
}
