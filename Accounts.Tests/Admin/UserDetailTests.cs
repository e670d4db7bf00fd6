using System.Text.Json;
using Accounts.Tests.Deletion;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>What administrators see of a user besides the user.</summary>
public sealed class UserDetailTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, person = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        person = await server.VerifiedAsync(client);
        address = await server.Database.AddressAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_sessions_of_a_user_are_listed_as_the_user_sees_them()
    {
        var own = (await client.GetAsync("/api/auth/sessions/")).Json[0];
        var session = Assert.Single((await admin.GetAsync($"{address}sessions/")).Json.EnumerateArray());
        Assert.Equal(own.GetProperty("id").GetString(), session.GetProperty("id").GetString());
        Assert.False(session.GetProperty("current").GetBoolean());
        await client.LogoutAsync();
        Assert.Equal("[]", (await admin.GetAsync($"{address}sessions/")).Text);
    }

    [Fact]
    public async Task The_identities_of_a_user_are_listed_without_what_the_provider_calls_them()
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO social_accounts (provider, issuer, provider_uid, user_id, email, email_verified, extra_data, created_at)
            SELECT 'google', '', 'uid-' || id, id, 'g@example.test', true, '{}', now() FROM users WHERE email = @email
            """, ("email", person.Email));
        var answer = await admin.GetAsync($"{address}identities/");
        Assert.Equal(("google", "g@example.test"), (answer.Json[0].GetProperty("provider").GetString(), answer.Json[0].GetProperty("email").GetString()));
        Assert.DoesNotContain("uid-", answer.Text, StringComparison.Ordinal);
        await server.Database.ExecuteAsync("DELETE FROM social_accounts");
    }

    [Fact]
    public async Task RO_08_Every_act_is_among_the_events_with_actor_target_before_and_after()
    {
        (string Kind, Func<Task<Answer>> Act)[] acts =
        [
            ("user_changed", () => admin.PatchAsync(address, new { first_name = "Ann" })),
            ("roles_changed", () => admin.PutRolesAsync(address, "editor")),
            ("user_password_reset_sent", () => admin.PostAsync($"{address}reset-password/")),
            ("user_signed_out", () => admin.PostAsync($"{address}logout/")),
            ("user_deactivated", () => admin.PostAsync($"{address}deactivate/", new { reason = "Spam" })),
            ("user_activated", () => admin.PostAsync($"{address}activate/")),
            ("user_deleted", () => admin.DeleteAsync(address)),
        ];
        var (actor, target) = (await server.Database.IdAsync(administrator), await server.Database.IdAsync(person));
        foreach (var (kind, act) in acts)
        {
            var answer = await act();
            Assert.True(answer.Status == 200, answer.ToString());
            var entry = (await EventsAsync())[0];
            Assert.Equal((kind, actor, target), (entry.GetProperty("kind").GetString(), entry.GetProperty("actor_id").GetGuid(), entry.GetProperty("user_id").GetGuid()));
            Assert.Equal(("127.0.0.1", "Firefox on Windows"), (entry.GetProperty("ip").GetString(), entry.GetProperty("device").GetString()));
        }
        var events = await EventsAsync();
        Assert.Equal(("""{"first_name":""}""", """{"first_name":"Ann"}"""), Change(events, "user_changed"));
        Assert.Equal(("""{"roles":[]}""", """{"roles":["editor"]}"""), Change(events, "roles_changed"));
        Assert.Equal(("null", "null"), Change(events, "user_signed_out"));
        Assert.Equal(("""{"reason":null,"is_active":true}""", """{"reason":"Spam","is_active":false}"""), Change(events, "user_deactivated"));
    }

    [Fact]
    public async Task RO_08_Events_come_in_pages_and_those_of_the_user_have_no_actor()
    {
        var first = await admin.GetAsync($"{address}events/?page_size=1");
        Assert.Equal(("2", "null"), (first["count"], first["previous"]));
        Assert.EndsWith($"{address}events/?page_size=1&page=2", first["next"], StringComparison.Ordinal);
        var entry = first.Json.GetProperty("results")[0];
        Assert.Equal(("signed_in", JsonValueKind.Null), (entry.GetProperty("kind").GetString(), entry.GetProperty("actor_id").ValueKind));
        (await admin.GetAsync($"{address}events/?page=9")).AssertRefused(404, "not_found");
    }

    [Theory]
    [InlineData("sessions"), InlineData("identities"), InlineData("events")]
    public async Task Of_nobody_nothing_is_there(string what) =>
        (await admin.GetAsync($"{AdminSteps.Users}{Guid.NewGuid()}/{what}/")).AssertRefused(404, "not_found");

    [Fact]
    public async Task LG_06_Of_who_is_erased_the_kinds_of_events_stay_and_nothing_that_says_who_it_was()
    {
        await admin.PatchAsync(address, new { first_name = "Annabella" });
        await admin.DeleteAsync(address);
        await server.Database.LetTimeRunOutAsync(person);
        await server.EraseAllAsync();
        var events = await EventsAsync();
        Assert.Contains(events, entry => entry.GetProperty("kind").GetString() == "user_changed");
        Assert.All(events, entry => Assert.Equal(("null", "null"), (entry.GetProperty("before").GetRawText(), entry.GetProperty("after").GetRawText())));
        Assert.DoesNotContain("Annabella", await server.Database.DumpAsync(), StringComparison.Ordinal);
    }

    private async Task<JsonElement[]> EventsAsync() => [.. (await admin.GetAsync($"{address}events/?page_size=100")).Json.GetProperty("results").EnumerateArray()];

    private static (string, string) Change(JsonElement[] events, string kind)
    {
        var entry = events.First(entry => entry.GetProperty("kind").GetString() == kind);
        return (JsonSerializer.Serialize(entry.GetProperty("before")), JsonSerializer.Serialize(entry.GetProperty("after")));
    }
}
