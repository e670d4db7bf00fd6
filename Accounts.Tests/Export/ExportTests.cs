using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Export;

/// <summary>All that is stored, for whom it is stored about.</summary>
public sealed class ExportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Export = "/api/auth/me/export/";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task LG_06_An_export_has_what_is_stored_and_no_secret_of_it()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        using var other = server.Client();
        var stranger = await other.SignInSomebodyAsync();
        var answer = await client.GetAsync(Export);
        Assert.Equal((200, "application/json", "no-store"), (answer.Status, answer.MediaType, answer.Header("Cache-Control")));
        var user = Assert.Single(answer.Json.GetProperty("users").EnumerateArray());
        Assert.Equal((person.Username, person.Email), (user.GetProperty("username").GetString(), user.GetProperty("email").GetString()));
        Assert.EndsWith("Z", user.GetProperty("date_joined").GetString(), StringComparison.Ordinal);
        Assert.Single(answer.Json.GetProperty("sessions").EnumerateArray());
        Assert.Contains(answer.Json.GetProperty("security_events").EnumerateArray(), entry => entry.GetProperty("kind").GetString() == "registered");
        Assert.Contains(answer.Json.GetProperty("outbox_messages").EnumerateArray(), entry => entry.GetProperty("template").GetString() == "verify_email");
        var hash = await server.Database.ScalarAsync<string>("SELECT password_hash FROM users WHERE email = @email", ("email", person.Email));
        Assert.DoesNotContain(hash, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(stranger.Email, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_of_more_rows_than_are_read_at_once_has_each_once()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await server.Database.ExecuteAsync("""
            INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, count)
            SELECT gen_random_uuid(), 'signed_in', id, clock_timestamp(), '192.0.2.1', 'Tests', 1 FROM users, generate_series(1, 1234) WHERE email = @email
            """, ("email", person.Email));
        var ids = (await client.GetAsync(Export)).Json.GetProperty("security_events").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()).ToArray();
        Assert.Equal(await server.Database.CountAsync("security_events e JOIN users u ON u.id = e.user_id", "u.email = @email", ("email", person.Email)), ids.Distinct().Count());
        Assert.Equal(ids.Distinct().Count(), ids.Length);
    }

    [Fact]
    public async Task An_export_asks_for_a_sign_in_of_a_moment_ago()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await client.AgeProofAsync(server);
        (await client.GetAsync(Export)).AssertRefused(403, "reauthentication_required");
        client.Access = null;
        (await client.GetAsync(Export)).AssertRefused(401, "not_authenticated");
    }
}
