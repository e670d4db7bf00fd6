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

    /// <summary>Rotated twice: the first token is neither current nor the parent of the current one.</summary>
    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await client.SignInSomebodyAsync();
        used = client.RefreshCookie!;
        await client.RefreshAsync();
        await server.Session(used).AgeAsync(PastLeeway);
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
        (await client.RefreshAsync(used)).AssertRefreshRefused("reused");
        (await client.RefreshAsync(newest)).AssertRefreshRefused("revoked");
        (await client.MeAsync()).AssertAccessRefused("revoked");
        await server.Session(used).AssertAsync(generation: 2, "reused");
        Assert.Equal(1, await server.Session(used).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task SE_04_The_user_is_told_once_by_mail_from_where_the_used_token_came()
    {
        using var thief = server.Client("curl/8.16.0");
        await thief.RefreshAsync(used);
        (await thief.RefreshAsync(used)).AssertRefreshRefused("revoked");
        var mail = await server.Mailbox.WaitAsync(person.Email, count: 2);
        Assert.Contains("ended one of your sessions", mail.Subject);
        Assert.Contains("Device: curl\n", mail.Text);
        Assert.Contains("Address: 127.0.0.1", mail.Text);
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
        Assert.Equal(1, await server.Session(used).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task SE_04_Other_sessions_of_the_user_are_untouched()
    {
        using var elsewhere = server.Client();
        await elsewhere.SignInAsync(person);
        (await client.RefreshAsync(used)).AssertRefreshRefused("reused");
        await server.Session(elsewhere.RefreshCookie!).AssertAsync(generation: 0, "alive");
        Assert.Equal(200, (await elsewhere.MeAsync()).Status);
        Assert.Equal(200, (await elsewhere.RefreshAsync()).Status);
    }

    [Fact]
    public async Task SE_05_A_dead_sibling_is_reuse_within_the_leeway_of_the_one_that_was_used()
    {
        var (parent, session) = (client.RefreshCookie!, server.Session(used));
        var siblings = new List<string>();
        for (var lost = 0; lost < 2; lost++)
        {
            await session.AgeAsync(PastLeeway);
            siblings.Add((await client.RefreshAsync(parent)).RefreshCookie!);
        }
        Assert.Equal(200, (await client.RefreshAsync(siblings[0])).Status);
        (await client.RefreshAsync(siblings[1])).AssertRefreshRefused("reused");
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
        await session.AssertAsync(generation: 5, "reused");
    }

    [Fact]
    public async Task SE_04_A_thief_who_hangs_up_before_the_answer_has_ended_the_session_all_the_same()
    {
        await HangUp.WhileLockedAsync(server, used, "/api/auth/token/refresh/");
        await Until.TrueAsync(async () => await server.Session(used).EndAsync() == "reused", "the session ended");
        Assert.Equal(1, await server.Session(used).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task A_token_of_a_session_that_ended_by_logout_is_merely_refused()
    {
        await client.PostAsync("/api/auth/logout/");
        (await client.RefreshAsync(used)).AssertRefreshRefused("revoked");
        await server.Session(used).AssertAsync(generation: 2, "logout");
        Assert.Equal(0, await server.Session(used).EventsAsync("refresh_token_reused"));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
    }

    [Fact]
    public async Task SG_16_A_row_that_has_lost_two_generations_is_brought_up_to_its_token_once()
    {
        await server.Session(used).SetAsync("generation = 0, parent_generation = -1, first_child = 0");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.RefreshAsync(client.RefreshCookie)));
        Assert.All(answers, answer => Assert.Equal((200, null), (answer.Status, answer.RefreshCookie)));
        await server.Session(used).AssertAsync(generation: 2, "alive");
        Assert.Equal(1, await server.Session(used).EventsAsync("session_state_lost"));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
    }
}
