using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

public sealed class ReuseTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private static readonly TimeSpan PastLeeway = TimeSpan.FromSeconds(31);

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;
    private string used = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await client.SignInSomebodyAsync();
        used = client.RefreshCookie!;
        client.Access = (await client.RefreshAsync()).Access;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SE_04_A_used_refresh_token_ends_its_session_and_the_end_survives_the_error_answer()
    {
        var newest = client.RefreshCookie!;
        await server.Session(used).AgeAsync(PastLeeway);
        (await client.RefreshAsync(used)).AssertRefreshRefused("reused");
        (await client.RefreshAsync(newest)).AssertRefreshRefused("revoked");
        (await client.MeAsync()).AssertAccessRefused("revoked");
        await server.Session(used).AssertAsync(generation: 1, "reused");
        Assert.Equal(1, await server.Session(used).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task SE_04_The_user_is_told_once_by_mail_from_where_the_used_token_came()
    {
        await server.Session(used).AgeAsync(PastLeeway);
        using var thief = server.Client("Thief/6.6");
        await thief.RefreshAsync(used);
        (await thief.RefreshAsync(used)).AssertRefreshRefused("revoked");
        var mail = await server.Mailbox.WaitAsync(person.Email, count: 2);
        Assert.Contains("ended one of your sessions", mail.Subject);
        Assert.Contains("Device: Thief/6.6", mail.Text);
        Assert.Contains("Address: 127.0.0.1", mail.Text);
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
        Assert.Equal(1, await server.Session(used).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task SE_04_Other_sessions_of_the_user_are_untouched()
    {
        using var elsewhere = server.Client();
        await elsewhere.SignInAsync(person);
        await server.Session(used).AgeAsync(PastLeeway);
        (await client.RefreshAsync(used)).AssertRefreshRefused("reused");
        await server.Session(elsewhere.RefreshCookie!).AssertAsync(generation: 0, "alive");
        Assert.Equal(200, (await elsewhere.MeAsync()).Status);
        Assert.Equal(200, (await elsewhere.RefreshAsync()).Status);
    }

    [Fact]
    public async Task SE_05_The_direct_parent_from_another_user_agent_is_reuse_within_the_leeway_too()
    {
        using var thief = server.Client("Thief/6.6");
        (await thief.RefreshAsync(used)).AssertRefreshRefused("reused");
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
        await server.Session(used).AssertAsync(generation: 1, "reused");
    }

    [Fact]
    public async Task SE_05_The_grandparent_is_reuse_however_fresh_its_grandchild()
    {
        await server.Session(used).AgeAsync(PastLeeway);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        (await client.RefreshAsync(used)).AssertRefreshRefused("reused");
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
        await server.Session(used).AssertAsync(generation: 2, "reused");
    }

    [Fact]
    public async Task SE_04_A_thief_who_hangs_up_before_the_answer_has_ended_the_session_all_the_same()
    {
        await server.Session(used).AgeAsync(PastLeeway);
        await HangUp.WhileLockedAsync(server, used, "/api/auth/token/refresh/");
        await Until.TrueAsync(async () => await server.Session(used).EndAsync() == "reused", "the session ended");
        Assert.Equal(1, await server.Session(used).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task A_token_of_a_session_that_ended_by_logout_is_merely_refused()
    {
        await client.PostAsync("/api/auth/logout/");
        (await client.RefreshAsync(used)).AssertRefreshRefused("revoked");
        await server.Session(used).AssertAsync(generation: 1, "logout");
        Assert.Equal(0, await server.Session(used).EventsAsync("refresh_token_reused"));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
    }

    [Fact]
    public async Task A_generation_ahead_of_the_row_ends_the_session_as_lost_state()
    {
        await server.Session(used).SetAsync("generation = 0");
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
        await server.Session(used).AssertAsync(generation: 0, "state_lost");
        Assert.Equal(1, await server.Session(used).EventsAsync("session_state_lost"));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
        (await client.MeAsync()).AssertAccessRefused("revoked");
    }
}
