using Accounts.Tests.Deletion;
using Accounts.Tests.Support;
using Accounts.Tests.Telemetry;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>What becomes of an invitation with the people whom it is about, and who learns its token.</summary>
[Trait("Pace", "long")]
public sealed class InvitationPrivacyTests(Postgres postgres)
{
    [Fact]
    public async Task LG_06_An_export_has_ones_own_invitations_and_no_address_of_others()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var admin = server.Client();
        await server.SignInAdministratorAsync(admin);
        var invited = Some.Email();
        var id = (await admin.InviteAsync(invited, "editor"))["id"];
        var export = await admin.GetAsync("/api/auth/me/export/");
        var row = Assert.Single(export.Json.GetProperty("invitations").EnumerateArray());
        Assert.Equal((id, "editor"), (row.GetProperty("id").GetString(), row.GetProperty("roles")[0].GetString()));
        Assert.Equal(["id", "roles", "created_at", "expires_at"], row.EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain(invited, export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LG_06_With_who_invites_their_name_goes_and_the_invitation_stays_and_gives_no_roles()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var admin = server.Client();
        using var client = server.Client();
        var (administrator, somebody) = (await server.SignInAdministratorAsync(admin), Some.Person());
        var token = await server.InvitationAsync(admin, somebody.Email, "admin");
        var id = await server.Database.IdAsync(administrator);
        await EraseAsync(server, administrator);
        Assert.Equal(1, await server.Database.CountAsync("invitations", "invited_by IS NULL"));
        (await client.AcceptAsync(somebody, token)).AssertBody(201, InvitationSteps.Accepted);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "email_verified AND roles = '{}'"));
        Assert.Equal(1, await server.Database.CountAsync("security_events", "kind = 'invitation_accepted' AND actor_id IS NULL AND after->'roles' = '[]'"));
        Assert.NotEqual(id, await server.Database.IdAsync(somebody));
    }

    [Fact]
    public async Task LG_06_Of_who_is_erased_no_invitation_to_them_is_left()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var admin = server.Client();
        using var client = server.Client();
        await server.SignInAdministratorAsync(admin);
        var person = Some.Person();
        await admin.InviteAsync(person.Email, "editor");
        await client.RegisterAsync(person);
        await EraseAsync(server, person);
        Assert.Equal((0, 0), (await server.Database.CountAsync("invitations"), await server.Database.CountAsync("security_events e", "e::text LIKE '%' || @email || '%'", ("email", person.Email))));
    }

    private static async Task EraseAsync(TestServer server, Person person)
    {
        await server.Database.ChangeAsync(person, "deleted_at = now(), erase_after = now()");
        await server.EraseAllAsync();
        await Until.TrueAsync(async () => await server.Database.UsersAsync(person.Email) == 0, $"{person.Email} is erased");
    }

    /// <summary>Hashing is what a sign-up costs: who has no invitation causes none.</summary>
    [Fact]
    public async Task A_dead_invitation_costs_no_password_hash_and_no_log_has_its_token()
    {
        var port = TestSettings.FreePort();
        await using var server = await ServerProcess.StartAsync(
            await postgres.CreateDatabaseAsync(), ("Accounts:Telemetry:MetricsPort", $"{port}"), ("Logging:LogLevel:Default", "Debug"), ("Accounts:Registration:Open", "false"));
        using var client = server.Client();
        var (administrator, somebody) = (Some.Person(), Some.Person());
        await server.Database.ExecuteAsync("""
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, first_name, last_name, is_active, roles, security_stamp, date_joined)
            VALUES (gen_random_uuid(), @name, @name, @email, @email, true, '', '', true, '{admin}', 'x', now())
            """, ("name", administrator.Username), ("email", administrator.Email));
        var (id, token) = await server.Database.PlantInvitationAsync(somebody.Email, administrator, "editor");
        var hashes = await HashesAsync(port);
        (await client.AcceptAsync(somebody, token[..42])).AssertBody(400, InvitationSteps.Dead);
        (await client.AcceptAsync(somebody with { Email = Some.Email() }, token)).AssertBody(400, InvitationSteps.Anothers);
        (await client.RegisterAsync(somebody)).AssertRefused(403, "registration_closed");
        Assert.Equal(hashes, await HashesAsync(port));
        (await client.AcceptAsync(somebody, token)).AssertBody(201, InvitationSteps.Accepted);
        Assert.Equal(hashes + 1, await HashesAsync(port));
        await Until.TrueAsync(() => Task.FromResult(server.Output.Contains("InvitationAccepted", StringComparison.Ordinal)), "the log tells of it");
        Assert.DoesNotContain(token, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(somebody.Email, server.Output, StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.CountAsync("invitations", "id = @id", ("id", id)));
    }

    private static async Task<double> HashesAsync(int port) => (await Scrape.OfAsync(port))["accounts_hashing_wait_seconds_count"];
}
