using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development.Testing;

/// <summary>A theft that is played is found by the rule that finds every other.</summary>
public sealed class TokenTheftTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Subject = "We ended one of your sessions";

    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData(0), InlineData(1), InlineData(3)]
    public async Task The_session_of_a_stolen_token_ends_and_its_user_is_told(int refreshes)
    {
        using var client = server.Client();
        var person = await client.SignInMadeAsync();
        for (var refresh = 0; refresh < refreshes; refresh++)
        {
            await client.AgeAsync(person, "1h");
            client.Access = (await client.RefreshAsync()).Access;
        }
        var session = server.Session(client.RefreshCookie!);
        await AssertFoundAsync(client, person, await client.PostAsync(TestingSteps.Replay, new { refresh_token = client.RefreshCookie }), session);
        Assert.Equal(refreshes + 2, await session.GenerationAsync());
    }

    [Fact]
    public async Task A_token_that_was_spent_long_ago_is_found_at_once()
    {
        using var client = server.Client();
        var person = await client.SignInMadeAsync();
        var stolen = client.RefreshCookie!;
        for (var refresh = 0; refresh < 2; refresh++)
        {
            await client.AgeAsync(person, "1h");
            client.Access = (await client.RefreshAsync()).Access;
        }
        var session = server.Session(stolen);
        await AssertFoundAsync(client, person, await client.PostAsync(TestingSteps.Replay, new { refresh_token = stolen }), session);
        Assert.Equal(2, await session.GenerationAsync());
    }

    [Fact]
    public async Task Of_a_user_it_is_the_newest_session_and_the_others_go_on()
    {
        using var older = server.Client();
        using var client = server.Client();
        var person = await older.SignInMadeAsync();
        await client.SignInAsync(person);
        var session = server.Session(client.RefreshCookie!);
        var hash = await session.ReadAsync<byte[]>("secret_hash");
        await AssertFoundAsync(client, person, await client.PostAsync(TestingSteps.Replay, new { email = person.Email }), session);
        Assert.Equal(hash, await session.ReadAsync<byte[]>("secret_hash"));
        Assert.Equal(200, (await older.MeAsync()).Status);
    }

    private async Task AssertFoundAsync(ApiClient client, Person person, Answer answer, SessionRow session)
    {
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(($"{session.Id}", "reused"), (answer["session_id"], answer["reason"]));
        Assert.Equal("reused", await session.EndAsync());
        Assert.Equal(1, await session.EventsAsync("refresh_token_reused"));
        (await client.MeAsync()).AssertAccessRefused("revoked");
        Assert.Equal("revoked", (await client.RefreshAsync())["reason"]);
        await Until.TrueAsync(() => Task.FromResult(server.Mailbox.To(person.Email).Exists(mail => mail.Subject.StartsWith(Subject, StringComparison.Ordinal))), "the mail has come");
        var told = server.Mailbox.To(person.Email).Find(mail => mail.Subject.StartsWith(Subject, StringComparison.Ordinal))!;
        Assert.Contains("203.0.113.66", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_token_and_who_is_not_signed_in_is_told()
    {
        using var client = server.Client();
        var made = await client.MakeUserAsync();
        (await client.PostAsync(TestingSteps.Replay, new { email = made["email"] })).AssertField("email", "This user is not signed in.");
        (await client.PostAsync(TestingSteps.Replay, new { refresh_token = "x" })).AssertField("refresh_token", "This is no refresh token of this server.");
        (await client.PostAsync(TestingSteps.Replay, new { })).AssertField(
            "non_field_errors", "Say what was stolen: refresh_token, or user_id or email for the token of their newest session.");
        await client.SignInAsync(made.Person());
        var token = client.RefreshCookie;
        await client.LogoutAsync();
        (await client.PostAsync(TestingSteps.Replay, new { refresh_token = token })).AssertField("refresh_token", "Its session lives no more.");
    }
}
