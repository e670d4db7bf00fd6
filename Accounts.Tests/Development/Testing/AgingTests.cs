using Accounts.Tests.Deletion;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development.Testing;

/// <summary>Time passes for a user without a clock that moves.</summary>
[Trait("Pace", "long")]
public sealed class AgingTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task Twenty_minutes_end_the_access_token_and_no_session()
    {
        using var client = server.Client();
        var person = await client.SignInMadeAsync();
        var aged = await client.AgeAsync(person, "20m");
        Assert.Equal((1, 1), (aged["users"], aged["sessions"]));
        (await client.MeAsync()).AssertAccessRefused("expired");
        Assert.Equal(401, (await client.PostAsync("/api/auth/token/verify/", new { token = client.Access })).Status);
        client.Access = (await client.RefreshAsync()).Access;
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(200, (await client.PostAsync("/api/auth/token/verify/", new { token = client.Access })).Status);
        // By the session, which is as old as it was made.
        (await client.PostAsync("/api/auth/tokens/", new { name = "x" })).AssertRefused(403, "reauthentication_required");
    }

    [Fact]
    public async Task Fifteen_days_end_the_session_and_the_page_is_told_why()
    {
        using var client = server.Client();
        var person = await client.SignInMadeAsync();
        await client.AgeAsync(person, "15d");
        var cookie = client.RefreshCookie;
        Assert.Equal("""{"user":null,"reason":"expired"}""", (await client.PostAsync("/api/auth/session/")).Text);
        var refused = await client.RefreshAsync(cookie);
        Assert.Equal((401, "expired"), (refused.Status, refused["reason"]));
    }

    [Fact]
    public async Task Others_are_as_they_were_unless_all_are_meant()
    {
        using var client = server.Client();
        using var other = server.Client();
        var person = await client.SignInMadeAsync();
        await other.SignInMadeAsync();
        await client.AgeAsync(person, "1h");
        Assert.Equal(200, (await other.MeAsync()).Status);
        var aged = await client.AgeAsync(new { by = 3600 });
        Assert.True(aged["users"] > 1);
        (await other.MeAsync()).AssertAccessRefused("expired");
    }

    [Fact]
    public async Task A_token_that_is_given_at_once_after_it_is_good_and_each_of_before_is_not()
    {
        using var client = server.Client();
        var person = await client.SignInMadeAsync();
        for (var round = 0; round < 3; round++)
        {
            var before = client.Access;
            await client.AgeAsync(person, "1m");
            client.Access = (await client.RefreshAsync()).Access;
            Assert.Equal(200, (await client.MeAsync()).Status);
            (await client.MeAsync(before)).AssertAccessRefused("expired");
        }
    }

    [Fact]
    public async Task What_was_mailed_is_over()
    {
        using var client = server.Client();
        var made = await client.MakeUserAsync(new { verified = false });
        var token = await server.Mailbox.TokenAsync(made["email"]!);
        await client.AgeAsync(made.Person(), "2d");
        (await client.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        Assert.False(await server.Database.IsVerifiedAsync(made.Person()));
    }

    [Fact]
    public async Task An_account_that_was_deleted_is_erased_when_its_time_is_over()
    {
        using var client = server.Client();
        var person = await client.SignInMadeAsync();
        Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
        foreach (var (by, left) in new[] { ("13d", 1), ("2d", 0) })
        {
            await client.AgeAsync(person, by);
            await server.EraseAllAsync();
            Assert.Equal(left, await server.Database.UsersAsync(person.Email));
        }
    }

    [Theory]
    [InlineData(90, 90), InlineData("90", 90), InlineData("90s", 90), InlineData("1.5m", 90), InlineData("2 h", 7200), InlineData("15d", 1_296_000), InlineData("2w", 1_209_600)]
    public async Task How_long_is_said_in_a_word(object by, long seconds)
    {
        using var client = server.Client();
        var made = await client.MakeUserAsync();
        var aged = await client.PostAsync(TestingSteps.Age, new { user_id = made["id"], by });
        Assert.Equal((200, $"{seconds}"), (aged.Status, aged["by_seconds"]));
    }

    [Theory]
    [InlineData("soon"), InlineData("-5m"), InlineData("15 days"), InlineData("999999999w"), InlineData("1e9")]
    public async Task What_is_no_duration_is_told(string by)
    {
        using var client = server.Client();
        (await client.PostAsync(TestingSteps.Age, new { by })).AssertField("by", "Write how long: 90 (seconds), 20m, 36h, 15d or 2w.");
    }

    [Fact]
    public async Task Who_is_nobody_is_told()
    {
        using var client = server.Client();
        (await client.PostAsync(TestingSteps.Age, new { by = "1d", email = "nobody@example.test" })).AssertField("email", "There is no user nobody@example.test.");
        (await client.PostAsync(TestingSteps.Age, new { by = "1d", user_id = Guid.Empty })).AssertField("user_id", $"There is no user {Guid.Empty}.");
        (await client.PostAsync(TestingSteps.Age, new { })).AssertField("by", "This field is required.");
    }
}
