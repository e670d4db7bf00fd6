using System.Text.Json;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>What a user sees of their sessions, and ends of them.</summary>
public sealed class SessionListTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!, other = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (client, other) = (server.Client(), server.Client(Firefox));
        person = await client.SignInSomebodyAsync();
        await other.SignInAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        other.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SE_13_A_user_sees_the_live_sessions_newest_first_and_when_each_was_used_last_to_the_hour()
    {
        await server.Session(other.RefreshCookie!).SetAsync("created_at = now() - interval '3 hours', rotated_at = now() - interval '61 minutes'");
        var answer = await client.GetAsync("/api/auth/sessions/");
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        var (newest, oldest) = (answer.Json[0], answer.Json[1]);
        Assert.Equal(2, answer.Json.GetArrayLength());
        Assert.Equal(
            ["id", "current", "created_at", "last_used_at", "ip", "device", "user_agent", "amr", "persistent", "transport"], newest.EnumerateObject().Select(member => member.Name));
        Assert.Equal((client.Id(), true, "Unknown device"), (newest.Id(), newest.GetProperty("current").GetBoolean(), newest.GetProperty("device").GetString()));
        Assert.Equal((other.Id(), false, "Firefox on Windows"), (oldest.Id(), oldest.GetProperty("current").GetBoolean(), oldest.GetProperty("device").GetString()));
        Assert.Equal($"""127.0.0.1 {Firefox} ["pwd"] true cookie""", string.Join(' ', oldest.EnumerateObject().Where(member => member.Name is "ip" or "user_agent" or "amr" or "persistent" or "transport").Select(member => member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText())));
        var used = oldest.GetProperty("last_used_at").GetDateTime();
        Assert.Equal((0, 0, DateTimeKind.Utc), (used.Minute, used.Second, used.Kind));
        Assert.InRange(DateTime.UtcNow - used, TimeSpan.FromMinutes(61), TimeSpan.FromMinutes(122));
    }

    [Theory]
    [InlineData("ended_at = now(), end_reason = 'logout'")]
    [InlineData("rotated_at = now() - interval '15 days'")]
    [InlineData("created_at = now() - interval '91 days'")]
    [InlineData("persistent = false, rotated_at = now() - interval '25 hours'")]
    [InlineData("epoch = -1")]
    public async Task A_session_that_is_over_is_not_listed(string over)
    {
        await server.Session(other.RefreshCookie!).SetAsync(over);
        Assert.Equal([client.Id()], await ListedAsync());
    }

    [Fact]
    public async Task SE_13_Device_A_ends_B_which_is_refused_at_once_and_told_why()
    {
        Assert.Equal(204, (await client.EndSessionAsync(other.Id())).Status);
        await other.AssertOutAsync();
        await server.Session(other.RefreshCookie!).AssertAsync(generation: 0, "logout_elsewhere");
        Assert.Equal("logout_elsewhere", (await other.PostAsync("/api/auth/session/why/"))["reason"]);
        Assert.Equal(1, await server.Session(other.RefreshCookie!).EventsAsync("signed_out_elsewhere"));
        Assert.Equal([client.Id()], await ListedAsync());
        (await client.EndSessionAsync(other.Id())).AssertRefused(404, "not_found");
    }

    [Fact]
    public async Task The_session_that_asks_may_end_itself_and_its_cookie_is_cleared()
    {
        var token = client.RefreshCookie!;
        var answer = await client.EndSessionAsync(client.Id());
        Assert.Equal((204, ""), (answer.Status, answer.RefreshCookie));
        await server.Session(token).AssertAsync(generation: 0, "logout");
        Assert.Equal(1, await server.Session(token).EventsAsync("signed_out"));
        (await client.MeAsync()).AssertAccessRefused("revoked");
        await server.Session(other.RefreshCookie!).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_13_Nobody_ends_a_session_of_anybody_else()
    {
        using var stranger = server.Client();
        await stranger.SignInSomebodyAsync();
        (await stranger.EndSessionAsync(client.Id())).AssertRefused(404, "not_found");
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 0, "alive");
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Theory]
    [InlineData("1"), InlineData("00000000-0000-0000-0000-000000000000"), InlineData("{019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d10}"), InlineData("019aa1c27b1e7c559f3e5a1f0c8b2d10")]
    public async Task What_names_no_session_is_not_found(string id) =>
        (await client.SendAsync(HttpMethod.Delete, $"/api/auth/sessions/{id}/", null)).AssertRefused(404, "not_found");

    [Fact]
    public async Task Without_an_access_token_nothing_is_listed_or_ended()
    {
        client.Access = null;
        Assert.Equal("not_authenticated", (await client.GetAsync("/api/auth/sessions/"))["code"]);
        Assert.Equal("not_authenticated", (await client.EndSessionAsync(other.Id()))["code"]);
        Assert.Equal("not_authenticated", (await client.PostAsync("/api/auth/logout/all/"))["code"]);
        await server.Session(other.RefreshCookie!).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_13_Of_two_sessions_that_end_each_other_at_once_one_goes_on()
    {
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(client.EndSessionAsync(other.Id()), other.EndSessionAsync(client.Id()));
            Assert.Equal(1, new[] { await client.MeAsync(), await other.MeAsync() }.Count(answer => answer.Status == 200));
            await Task.WhenAll(client.SignInAsync(person), other.SignInAsync(person));
        }
    }

    private async Task<IEnumerable<Guid>> ListedAsync() => (await client.GetAsync("/api/auth/sessions/")).Json.EnumerateArray().Select(session => session.Id());
}
