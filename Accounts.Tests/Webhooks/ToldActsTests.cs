using Accounts.Core.Admin;
using Accounts.Tests.Admin;
using Accounts.Tests.Commands;
using Accounts.Tests.Import;
using Accounts.Tests.Passwords;
using Accounts.Tests.Sessions;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>What no user does themselves, and an app that keeps data beside users has to hear of all the same.</summary>
public sealed class ToldActsTests(WebhookServer shared) : IClassFixture<WebhookServer>
{
    private readonly TestServer server = shared.Server;
    private readonly WebhookEar ear = shared.Ear;
    private readonly Person person = Some.Person();
    private readonly string id = $"{Guid.NewGuid():N}";

    private Person Old => person with { Password = ImportSteps.OldPassword };

    [Fact]
    public async Task WH_01_An_import_is_told_as_one_with_its_counts_and_of_who_comes_their_roles()
    {
        await server.ImportAsync([person.Row(id, roles: "editors"), Some.Person().Row($"{id}2")], "--roles", "editors=editor");
        var told = await ImportsAsync(2);
        Assert.Equal("""{"source":"csv","created":2,"updated":0}""", told.Data.GetRawText());
        await AssertToldAsync("roles.changed");
        await server.UntilWebhooksAsync(0, Guid.Empty, "state <> 'sent'");
    }

    [Fact]
    public async Task WH_01_With_tell_each_who_comes_is_told_of_before_their_roles()
    {
        await server.ImportAsync([person.Row(id, roles: "editors")], "--roles", "editors=editor", "--tell");
        await AssertToldAsync("user.registered", "roles.changed");
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_created"));
        await server.ImportAsync([person.Row(id, roles: "editors")], "--roles", "editors=editor", "--tell");
        Assert.Equal(1, await server.Database.EventsAsync(person, "user_created"));
    }

    [Fact]
    public async Task WH_01_What_a_second_import_changes_is_told_by_the_words_that_tell_of_it_elsewhere()
    {
        await server.ImportAsync([person.Row(id, roles: "editors")], "--roles", "editors=editor");
        using var client = server.Client();
        await client.SignInAsync(Old);
        var moved = person with { Email = Some.Email() };
        await server.ImportAsync([moved.Row(id, active: "false")], "--roles", "editors=editor");
        await server.TellAsync();
        var told = (await ear.WaitAsync(await server.IdOfAsync(moved), 6)).Skip(2).ToArray();
        Assert.Equal(["user.updated", "user.email_changed", "user.deactivated", "roles.changed"], told.Select(webhook => webhook.Type));
        Assert.Equal(moved.Email, told[1].Data.GetProperty("email").GetString());
        await server.ImportAsync([moved.Row(id)]);
        await server.TellAsync();
        Assert.Equal(["user.updated", "user.activated"], (await ear.WaitAsync(await server.IdOfAsync(moved), 8)).Skip(6).Select(webhook => webhook.Type));
    }

    [Fact]
    public async Task WH_01_A_suspension_that_is_over_by_its_time_is_told_once_whoever_finds_it()
    {
        using var client = server.Client();
        await SuspendAsync(client);
        await EndAsync();
        Assert.Equal(0, await server.Database.EventsAsync(person, "suspension_ended"));
        await server.Database.ChangeAsync(person, "suspended_until = now() - interval '1 second'");
        await Task.WhenAll(EndAsync(), EndAsync(), EndAsync());
        await EndAsync();
        Assert.Equal(1, await server.Database.EventsAsync(person, "suspension_ended"));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "is_active AND suspended_until IS NULL AND deactivation_reason IS NULL"));
        await AssertToldAsync("user.registered", "user.deactivated", "user.activated");
        await client.SignInAsync(person);
    }

    [Theory]
    [InlineData("suspended_until = NULL"), InlineData("deleted_at = now(), erase_after = now() + interval '7 days'"), InlineData("frozen_until = now() + interval '7 days'")]
    public async Task WH_01_Who_stays_out_when_a_suspension_is_over_is_not_told_to_be_back(string state)
    {
        using var client = server.Client();
        await SuspendAsync(client);
        await server.Database.ChangeAsync(person, "suspended_until = now() - interval '1 second'");
        await server.Database.ChangeAsync(person, state);
        await EndAsync();
        Assert.Equal((1, 0), (await server.Database.UsersAsync(person.Email, "NOT is_active"), await server.Database.EventsAsync(person, "suspension_ended")));
    }

    [Fact]
    public async Task WH_01_A_session_that_goes_on_under_another_id_after_a_new_password_is_told_behind_it_with_the_one_it_replaces()
    {
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        await client.SignInAsync(person);
        var first = TokenText.SessionOf(client.RefreshCookie!);
        Assert.Equal(200, (await client.ChangePasswordAsync(person.Password, Some.OtherPassword)).Status);
        var told = await AssertToldAsync("user.registered", "session.started", "password.changed", "session.started");
        Assert.Equal((first, first), (told[2].Data.GetProperty("session_id").GetGuid(), told[3].Data.GetProperty("replaced_session_id").GetGuid()));
        Assert.Equal(TokenText.SessionOf(client.RefreshCookie!), told[3].Data.GetProperty("session_id").GetGuid());
    }

    [Fact]
    public async Task WH_01_A_session_that_a_proof_renews_in_session_mode_is_told_with_the_one_it_replaces()
    {
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        await client.SignInBySessionAsync(person);
        Assert.Equal(200, (await client.PostAsync("/api/auth/reauthenticate/", new { password = person.Password })).Status);
        var told = await AssertToldAsync("user.registered", "session.started", "session.started");
        var ids = await server.Database.ScalarAsync<Guid[]>("SELECT array_agg(s.id ORDER BY s.id) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = @email", ("email", person.Email));
        Assert.Equal(ids, told.Skip(1).Select(webhook => webhook.Data.GetProperty("session_id").GetGuid()));
        Assert.False(told[1].Data.TryGetProperty("replaced_session_id", out _));
        Assert.Equal(ids[0], told[2].Data.GetProperty("replaced_session_id").GetGuid());
    }

    [Fact]
    public async Task WH_01_An_administrator_whom_an_operator_makes_is_a_new_user_like_any_other()
    {
        await server.CreateAdminAsync(person.Email);
        await AssertToldAsync("user.registered", "roles.changed");
    }

    [Fact]
    public async Task WH_01_Whose_account_an_operator_makes_an_administrators_is_told_to_be_signed_out_and_back_where_they_were_out()
    {
        using var client = server.Client();
        await SuspendAsync(client);
        await server.CreateAdminAsync(person.Email);
        var told = await AssertToldAsync("user.registered", "user.deactivated", "session.ended", "user.activated", "roles.changed");
        Assert.True(told[2].Data.GetProperty("all_sessions").GetBoolean());
    }

    private Task<int> EndAsync() => server.Services.GetRequiredService<SuspensionEnds>().EndAsync(CancellationToken.None);

    private async Task SuspendAsync(ApiClient client)
    {
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        using var admin = server.Client();
        await server.SignInAdministratorAsync(admin);
        Assert.Equal(200, (await admin.PostAsync(await server.Database.AddressAsync(person, "deactivate"), new { until = DateTime.UtcNow.AddDays(7) })).Status);
    }

    /// <summary>The import that made so many.</summary>
    private async Task<HeardWebhook> ImportsAsync(int created)
    {
        await server.TellAsync();
        HeardWebhook[] Heard() => [.. ear.Of(Guid.Empty).Where(webhook => webhook.Type == "users.imported" && webhook.Data.GetProperty("created").GetInt32() == created)];
        await Until.TrueAsync(() => Task.FromResult(Heard().Length > 0), "the import is told");
        return Assert.Single(Heard());
    }

    private async Task<HeardWebhook[]> AssertToldAsync(params string[] types)
    {
        await server.TellAsync();
        var told = await ear.WaitAsync(await server.IdOfAsync(person), types.Length);
        Assert.Equal(types, told.Select(webhook => webhook.Type));
        return told;
    }
}
