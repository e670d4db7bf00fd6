using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Whom administrators invite, and how they take it back.</summary>
[Trait("Pace", "long")]
public sealed class InvitationTests(Postgres postgres) : IAsyncLifetime
{
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
    public async Task An_invitation_is_mailed_for_a_week_and_its_token_is_nowhere_else()
    {
        var answer = await admin.InviteAsync(somebody.Email, "editor", "author");
        Assert.Equal(["id", "email", "roles", "invited_by", "created_at", "expires_at"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((201, somebody.Email, "author,editor"), (answer.Status, answer["email"], string.Join(',', answer.Roles())));
        Assert.Equal(await server.Database.IdAsync(administrator), answer.Json.GetProperty("invited_by").GetGuid());
        var ends = answer.Json.GetProperty("expires_at").GetDateTime();
        Assert.Equal(TimeSpan.FromDays(7), ends - answer.Json.GetProperty("created_at").GetDateTime());
        var mail = await server.InvitationMailAsync(somebody.Email);
        Assert.Contains($"until {ends:d MMMM yyyy, HH:mm} (UTC), and only once", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(administrator.Username, mail.Text + mail.Html + mail.Subject, StringComparison.Ordinal);
        var token = InvitationSteps.InvitationOf(mail);
        Assert.Equal($"{server.Address}sign-up#invitation={token}&email={Uri.EscapeDataString(somebody.Email)}", InvitationSteps.LinkOf(mail));
        Assert.Contains($"href=\"{InvitationSteps.LinkOf(mail).Replace("&", "&amp;", StringComparison.Ordinal)}\"", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(token, answer.Text + await server.Database.DumpAsync() + (await ListAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.UsersAsync(somebody.Email));
    }

    [Fact]
    public async Task Whoever_has_the_link_makes_the_account_verified_and_with_its_roles_and_signs_in()
    {
        var invited = await admin.InviteAsync(somebody.Email, "editor", "admin");
        var token = InvitationSteps.InvitationOf(await server.InvitationMailAsync(somebody.Email));
        var answer = await client.AcceptAsync(somebody, token);
        answer.AssertBody(201, InvitationSteps.Accepted);
        Assert.Empty(answer.SetCookies);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "email_verified AND verified_by = 'reset' AND verified_at IS NOT NULL AND roles = '{admin,editor}' AND ways = '{password}' AND signed_up_here"));
        Assert.Equal(0, await server.Database.CountAsync("invitations"));
        await client.SignInAsync(somebody);
        Assert.Equal(200, (await client.GetAsync(AdminSteps.Users)).Status);
        Assert.Equal((1, 1, 1), (await server.Database.EventsAsync(somebody, "registered"), await server.Database.EventsAsync(somebody, "email_verified"), await server.Database.EventsAsync(somebody, "invitation_accepted")));
        var (actor, after) = await server.Database.AcceptedAsync(somebody);
        Assert.Equal((await server.Database.IdAsync(administrator), $$"""{"roles": ["admin", "editor"], "invitation": "{{invited["id"]}}"}"""), (actor, after));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "recipient = @email AND template <> 'invitation'", ("email", somebody.Email)));
        Assert.Equal(0, await server.Database.CountAsync("email_verification_tokens", "email = @email", ("email", somebody.Email)));
        (await client.AcceptAsync(Some.Person() with { Email = somebody.Email }, token)).AssertBody(400, InvitationSteps.Dead);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email));
    }

    /// <summary>Whoever accepts did it, where they were; who invites is the administrators' to know.</summary>
    [Fact]
    public async Task Own_activity_tells_of_it_as_ones_own()
    {
        using var browser = server.Client("curl/8.16.0");
        await browser.AcceptAsync(somebody, await server.InvitationAsync(admin, somebody.Email));
        await browser.SignInAsync(somebody);
        Assert.Contains("You accepted an invitation|127.0.0.1|curl", await RowsAsync(browser));
        Assert.DoesNotContain((await server.Database.IdAsync(administrator)).ToString(), (await browser.GetAsync("/api/auth/me/export/")).Text, StringComparison.Ordinal);
        Assert.Contains("You sent an invitation|127.0.0.1|Unknown device", await RowsAsync(admin));
    }

    private static async Task<string[]> RowsAsync(ApiClient browser) => [.. (await browser.GetAsync("/api/auth/me/events/")).Json.GetProperty("results").EnumerateArray()
        .Select(row => $"{row.GetProperty("text")}|{row.GetProperty("ip")}|{row.GetProperty("device")}")];

    [Fact]
    public async Task RO_08_Inviting_and_withdrawing_leave_an_event_of_the_administrators_without_the_address()
    {
        var id = (await admin.InviteAsync(somebody.Email, "editor"))["id"]!;
        Assert.Equal(204, (await admin.DeleteAsync($"{InvitationSteps.Invitations}{id}/")).Status);
        foreach (var kind in new[] { "user_invited", "invitation_withdrawn" })
        {
            var (actor, before, after) = await server.Database.ActAsync(administrator, kind);
            Assert.Equal((await server.Database.IdAsync(administrator), JsonValueKind.Null, id, "editor"), (actor!.Value, before.ValueKind, after.GetProperty("invitation").GetString(), after.GetProperty("roles")[0].GetString()));
        }
        await ListAsync();
        Assert.Equal(1, await server.Database.CountAsync("security_events", "kind = 'administration_read' AND after = '{\"read\": \"invitations\"}'"));
        Assert.Equal(0, await server.Database.CountAsync("security_events e", "e::text LIKE '%' || @email || '%'", ("email", somebody.Email)));
    }

    [Fact]
    public async Task A_withdrawn_invitation_is_dead_and_its_mail_does_not_leave_any_more()
    {
        var token = await server.InvitationAsync(admin, somebody.Email, "editor");
        var address = $"{InvitationSteps.Invitations}{(await ListAsync()).Json.GetProperty("results")[0].GetProperty("id")}/";
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET state = 'queued', sent_at = NULL, payload = '\\x00', due_at = now() + interval '1 hour' WHERE template = 'invitation'");
        Assert.Equal(204, (await admin.DeleteAsync(address)).Status);
        Assert.Equal(0, await server.Database.CountAsync("invitations"));
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "template = 'invitation' AND state = 'abandoned' AND payload IS NULL"));
        (await client.AcceptAsync(somebody, token)).AssertBody(400, InvitationSteps.Dead);
        Assert.Equal(0, await server.Database.UsersAsync(somebody.Email));
        (await admin.DeleteAsync(address)).AssertRefused(404, "not_found");
        Assert.Equal(1, await server.Database.CountAsync("security_events", "kind = 'invitation_withdrawn'"));
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-000000000000"), InlineData("1"), InlineData("%7B%7D")]
    public async Task Of_nothing_nothing_is_withdrawn(string id)
    {
        (await admin.DeleteAsync($"{InvitationSteps.Invitations}{id}/")).AssertRefused(404, "not_found");
        Assert.Equal(0, await server.Database.CountAsync("security_events", "kind = 'invitation_withdrawn'"));
    }

    [Fact]
    public async Task Another_invitation_takes_the_place_of_the_former_whose_link_is_dead()
    {
        var former = await server.InvitationAsync(admin, somebody.Email, "admin");
        var id = (await ListAsync()).Json.GetProperty("results")[0].GetProperty("id").GetString();
        var email = somebody.Email.ToUpperInvariant();
        var token = await server.InvitationAsync(admin, email, "editor");
        Assert.Equal(1, await server.Database.CountAsync("invitations"));
        (await admin.DeleteAsync($"{InvitationSteps.Invitations}{id}/")).AssertRefused(404, "not_found");
        (await client.AcceptAsync(somebody, former)).AssertBody(400, InvitationSteps.Dead);
        (await client.AcceptAsync(somebody, token)).AssertBody(201, InvitationSteps.Accepted);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "roles = '{editor}'"));
        Assert.Equal(2, await server.Database.CountAsync("security_events", "kind = 'user_invited'"));
    }

    [Fact]
    public async Task Who_has_an_account_is_not_invited()
    {
        (await admin.InviteAsync(administrator.Email.ToUpperInvariant())).AssertBody(400, """{"email":["user with this email already exists."]}""");
        Assert.Equal((0, 0, 0), (await server.Database.CountAsync("invitations"), await server.Database.CountAsync("outbox_messages", "template = 'invitation'"), await server.Database.CountAsync("security_events", "kind = 'user_invited'")));
    }

    [Theory]
    [InlineData("""{}""", "email", "This field is required.")]
    [InlineData("""{"email": "nobody"}""", "email", "Enter a valid email address.")]
    [InlineData("""{"email": null}""", "email", "This field may not be null.")]
    [InlineData("""{"email": "a@example.test", "roles": ["Admin"]}""", "roles", "A role is a lower-case letter and up to 31 letters, digits, - and _.")]
    [InlineData("""{"email": "a@example.test", "roles": null}""", "roles", "This field may not be null.")]
    [InlineData("""{"email": "a@example.test", "expires_in": 3599}""", "expires_in", "Ensure this value is greater than or equal to 3600.")]
    [InlineData("""{"email": "a@example.test", "expires_in": 2592001}""", "expires_in", "Ensure this value is less than or equal to 2592000.")]
    [InlineData("""{"email": "a@example.test", "expires_in": -1}""", "expires_in", "Ensure this value is greater than or equal to 3600.")]
    [InlineData("""{"email": "a@example.test", "expires_in": 3600.5}""", "expires_in", "A valid integer is required.")]
    [InlineData("""{"email": "a@example.test", "expires_in": "soon"}""", "expires_in", "A valid integer is required.")]
    [InlineData("""{"email": "a@example.test", "expires_in": 1e99}""", "expires_in", "A valid integer is required.")]
    [InlineData("""{"email": "a@example.test", "expires_in": null}""", "expires_in", "This field may not be null.")]
    [InlineData("""{"email": "a@example.test", "expires_in": true}""", "expires_in", "A valid integer is required.")]
    public async Task What_is_wrong_is_told_by_its_name_and_nobody_is_invited(string body, string field, string message)
    {
        var answer = await admin.SendAsync(HttpMethod.Post, InvitationSteps.Invitations, new StringContent(body, null, "application/json"));
        answer.AssertBody(400, JsonSerializer.Serialize(new Dictionary<string, string[]> { [field] = [message] }));
        Assert.Equal((0, 0), (await server.Database.CountAsync("invitations"), await server.Database.CountAsync("outbox_messages", "template = 'invitation'")));
    }

    [Theory]
    [InlineData(3600), InlineData(2_592_000), InlineData("86400")]
    public async Task It_lasts_as_long_as_is_said_and_no_longer(object seconds)
    {
        var answer = await admin.PostAsync(InvitationSteps.Invitations, new { email = somebody.Email, expires_in = seconds });
        Assert.Equal((201, 0), (answer.Status, answer.Roles().Length));
        var lifetime = answer.Json.GetProperty("expires_at").GetDateTime() - answer.Json.GetProperty("created_at").GetDateTime();
        Assert.Equal(TimeSpan.FromSeconds(Convert.ToInt32(seconds, System.Globalization.CultureInfo.InvariantCulture)), lifetime);
        var token = InvitationSteps.InvitationOf(await server.InvitationMailAsync(somebody.Email));
        await server.Database.ExecuteAsync("UPDATE invitations SET expires_at = clock_timestamp()");
        (await client.AcceptAsync(somebody, token)).AssertBody(400, InvitationSteps.Dead);
        (await admin.DeleteAsync($"{InvitationSteps.Invitations}{answer["id"]}/")).AssertRefused(404, "not_found");
        Assert.Equal(("0", 0), ((await ListAsync())["count"], await server.Database.UsersAsync(somebody.Email)));
        await server.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await server.Database.CountAsync("invitations"));
    }

    [Fact]
    public async Task A_sweep_leaves_one_that_can_be_accepted()
    {
        var token = await server.InvitationAsync(admin, somebody.Email);
        await server.SweepAsync(TestContext.Current.CancellationToken);
        (await client.AcceptAsync(somebody, token)).AssertBody(201, InvitationSteps.Accepted);
    }

    [Fact]
    public async Task RO_08_The_list_comes_in_pages_newest_first_and_has_only_what_can_still_be_accepted()
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO invitations (id, email, email_key, roles, token_hash, invited_by, created_at, expires_at)
            SELECT gen_random_uuid(), 'i' || n || '@example.test', 'i' || n || '@example.test', '{}', sha256(n::text::bytea), u.id, now() - n * interval '1 minute', now() + CASE WHEN n = 7 THEN -1 ELSE 1 END * interval '1 day'
            FROM generate_series(1, 110) n, users u
            """);
        // One of them has signed up without it.
        await client.RegisterAsync(somebody with { Email = "i3@example.test" });
        var list = await ListAsync();
        Assert.Equal(["count", "next", "previous", "results"], list.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("108", $"{server.Address}api/admin/invitations/?page=2", "null"), (list["count"], list["next"], list["previous"]));
        Assert.Equal(["i1", "i2", "i4", "i5", "i6", "i8"], Names(list).Take(6));
        Assert.Equal(25, Names(list).Length);
        Assert.Equal(100, Names(await ListAsync("?page_size=1000000")).Length);
        Assert.Equal(["i103", "i104"], Names(await ListAsync("?page_size=50&page=3"))[..2]);
        (await ListAsync("?page=6")).AssertRefused(404, "not_found");
        (await ListAsync("?page=0")).AssertRefused(404, "not_found");
        (await ListAsync("?page=2147483647&page_size=100")).AssertRefused(404, "not_found");
        Assert.DoesNotContain("token", list.Text, StringComparison.Ordinal);
    }

    private static string[] Names(Answer list) => [.. list.Json.GetProperty("results").EnumerateArray().Select(row => row.GetProperty("email").GetString()!.Split('@')[0])];

    [Fact]
    public async Task RO_08_Inviting_takes_a_sign_in_of_a_moment_ago_and_withdrawing_does_not()
    {
        var id = (await admin.InviteAsync(somebody.Email))["id"];
        await server.Database.LetTimePassAsync(admin, administrator);
        (await admin.InviteAsync(Some.Email(), "editor")).AssertRefused(403, "reauthentication_required");
        Assert.Equal(1, await server.Database.CountAsync("invitations"));
        Assert.Equal(204, (await admin.DeleteAsync($"{InvitationSteps.Invitations}{id}/")).Status);
    }

    [Fact]
    public async Task RO_06_Nobody_who_is_no_administrator_invites_looks_or_withdraws()
    {
        var person = await server.VerifiedAsync(client);
        var id = (await admin.InviteAsync(somebody.Email))["id"];
        foreach (var answer in new[] { await client.InviteAsync(Some.Email(), "admin"), await client.GetAsync(InvitationSteps.Invitations), await client.DeleteAsync($"{InvitationSteps.Invitations}{id}/") })
        {
            answer.AssertRefused(403, "permission_denied");
        }
        Assert.Equal((1, 1), (await server.Database.CountAsync("invitations"), await server.Database.UsersAsync(person.Email, "roles = '{}'")));
    }

    private Task<Answer> ListAsync(string query = "") => admin.GetAsync(InvitationSteps.Invitations + query);
}
