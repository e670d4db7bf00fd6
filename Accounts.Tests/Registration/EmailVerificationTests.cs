using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

public sealed class EmailVerificationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Link = "/api/auth/verify-email/?token=";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task EV_01_A_token_is_long_random_and_stored_only_as_a_hash()
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        var (_, other) = await server.RegisterSomebodyAsync(client);
        Assert.Matches("^[A-Za-z0-9_-]{43,}$", token);
        Assert.NotEqual(token, other);
        var dump = await server.Database.DumpAsync();
        Assert.Contains(person.Email, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(token, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(token)), dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EV_01_A_second_use_answers_the_same_and_writes_nothing()
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        (await client.VerifyAsync(token)).AssertBody(200, """{"message":"Email verified"}""");
        Assert.True(await server.Database.IsVerifiedAsync(person));
        var before = await StateAsync(person);
        (await client.VerifyAsync(token)).AssertBody(200, """{"message":"Email verified"}""");
        Assert.Equal(before, await StateAsync(person));
        Assert.Equal(1, await server.Database.EventsAsync(person, "email_verified"));
    }

    /// <summary>The rows of a user and their tokens, with the transactions that wrote them.</summary>
    private Task<string> StateAsync(Person person) => server.Database.ScalarAsync<string>("""
        SELECT concat(u.xmin, u, string_agg(concat(t.xmin, t), ';')) FROM users u JOIN email_verification_tokens t ON t.user_id = u.id
        WHERE u.email = @email GROUP BY u.xmin, u.*
        """, ("email", person.Email));

    [Theory]
    [InlineData("email_verified = false")]
    [InlineData("email = 'moved.' || email, email_key = 'moved.' || email_key")]
    [InlineData("is_active = false")]
    [InlineData("deleted_at = now()")]
    public async Task EV_01_A_second_use_is_refused_once_the_address_is_not_the_users_verified_one(string change)
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        Assert.Equal(200, (await client.VerifyAsync(token)).Status);
        await server.Database.ChangeAsync(person, change);
        (await client.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Equal(1, await server.Database.CountAsync("security_events", "kind = 'email_verified' AND user_id IN (SELECT id FROM users WHERE username = @name)", ("name", person.Username)));
    }

    [Theory]
    [InlineData("23 hours 59 minutes", 200)]
    [InlineData("24 hours 1 minute", 400)]
    public async Task EV_01_A_token_lives_24_hours(string age, int status)
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        await AgeAsync(person, age);
        var answer = await client.VerifyAsync(token);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200, await server.Database.IsVerifiedAsync(person));
    }

    private async Task AgeAsync(Person person, string age) => Assert.Equal(1, await server.Database.ExecuteAsync($"""
        UPDATE email_verification_tokens SET created_at = created_at - interval '{age}', expires_at = expires_at - interval '{age}' WHERE email = @email
        """, ("email", person.Email)));

    [Theory]
    [InlineData("GET", "*/*", null)]
    [InlineData("GET", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "document")]
    [InlineData("GET", null, null)]
    [InlineData("HEAD", "*/*", null)]
    [InlineData("HEAD", "application/json", "empty")]
    public async Task EV_02_Opening_the_link_twenty_times_changes_nothing(string method, string? accept, string? destination)
    {
        using var scanner = server.Client("Mozilla/5.0 (compatible; Barracuda Link Protection)");
        var (person, token) = await server.RegisterSomebodyAsync(scanner);
        var before = await StateAsync(person);
        for (var i = 0; i < 20; i++)
        {
            var page = await scanner.SendAsync(new HttpMethod(method), Link + token, null, Headers(accept, destination));
            Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        }
        Assert.Equal(before, await StateAsync(person));
        Assert.Equal(200, (await scanner.VerifyAsync(token)).Status);
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    private static (string, string)[] Headers(string? accept, string? destination) =>
        [.. new[] { ("Accept", accept!), ("Sec-Fetch-Dest", destination!) }.Where(header => header.Item2 is not null)];

    [Theory]
    [InlineData("application/json", null)]
    [InlineData("application/json, text/plain, */*", null)]
    [InlineData("*/*", "empty")]
    public async Task EV_02_A_script_that_follows_the_link_confirms(string accept, string? destination)
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        var answer = await client.GetAsync(Link + token, Headers(accept, destination));
        answer.AssertBody(200, """{"message":"Email verified"}""");
        Assert.True(await server.Database.IsVerifiedAsync(person));
        (await client.GetAsync(Link + "garbage", Headers(accept, destination))).AssertRefused(400, "invalid_token");
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("change")]
    [InlineData("recover")]
    public async Task EV_03_A_token_of_another_purpose_verifies_nothing(string purpose)
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET purpose = @purpose WHERE email = @email", ("purpose", purpose), ("email", person.Email));
        (await client.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        (await client.VerifyByCodeAsync(person.Email, code)).AssertRefused(400, "invalid_token");
        (await client.RejectAsync(token)).AssertRefused(400, "invalid_token");
        Assert.False(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task EV_03_A_token_mailed_to_the_old_address_is_refused_after_a_change()
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        var moved = Some.Email();
        await server.Database.ExecuteAsync("UPDATE users SET email = @moved, email_key = @moved WHERE email = @email", ("moved", moved), ("email", person.Email));
        (await client.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        (await client.CheckAsync(token)).AssertRefused(400, "invalid_token");
        (await client.RejectAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Equal(1, await server.Database.UsersAsync(moved, "NOT email_verified"));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("%00")]
    [InlineData("' OR 1=1 --")]
    [InlineData("💥")]
    public async Task A_token_that_is_none_is_refused(string token)
    {
        using var client = server.Client();
        (await client.VerifyAsync(token)).AssertBody(400, """{"detail":"Invalid or expired token","code":"invalid_token"}""");
        (await client.CheckAsync(token)).AssertRefused(400, "invalid_token");
        (await client.GetAsync(Link + Uri.EscapeDataString(token), ("Accept", "application/json"))).AssertRefused(400, "invalid_token");
    }

    [Fact]
    public async Task Without_a_token_the_field_is_named()
    {
        using var client = server.Client();
        (await client.PostAsync("/api/auth/verify-email/", new { })).AssertBody(400, """{"token":["This field is required."]}""");
        (await client.VerifyAsync(" ")).AssertBody(400, """{"token":["This field may not be blank."]}""");
        (await client.PostAsync("/api/auth/verify-email/", new { code = "123456" })).AssertBody(400, """{"email":["This field is required."]}""");
        (await client.GetAsync("/api/auth/verify-email/", ("Accept", "application/json"))).AssertRefused(400, "invalid_token");
    }
}
