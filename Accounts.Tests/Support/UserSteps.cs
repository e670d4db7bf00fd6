using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Accounts.Tests.Support;

/// <summary>The steps of signing up, and what the database says of them.</summary>
internal static class UserSteps
{
    public static async Task<Person> RegisterSomebodyAsync(this ApiClient client)
    {
        var person = Some.Person();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        return person;
    }

    /// <summary>Registered, with the token of the mail.</summary>
    public static async Task<(Person Person, string Token)> RegisterSomebodyAsync(this TestServer server, ApiClient client)
    {
        var person = await client.RegisterSomebodyAsync();
        return (person, await server.Mailbox.TokenAsync(person.Email));
    }

    /// <summary>Registered, and confirmed in the same browser.</summary>
    public static async Task<Person> RegisterVerifiedAsync(this TestServer server, ApiClient client)
    {
        var (person, token) = await server.RegisterSomebodyAsync(client);
        Assert.Equal(200, (await client.VerifyAsync(token)).Status);
        return person;
    }

    public static Task<Answer> RegisterAsync(this ApiClient client, string username, string email, string password = Some.Password) =>
        client.RegisterAsync(new Person(username, email, password));

    public static Task<Answer> VerifyAsync(this ApiClient client, string token, string? password = null) => password is null
        ? client.PostAsync("/api/auth/verify-email/", new { token })
        : client.PostAsync("/api/auth/verify-email/", new { token, password });

    public static Task<Answer> VerifyByCodeAsync(this ApiClient client, string email, string code) =>
        client.PostAsync("/api/auth/verify-email/", new { email, code });

    public static Task<Answer> ResendAsync(this ApiClient client, string email) =>
        client.PostAsync("/api/auth/verify-email/resend/", new { email });

    /// <summary>Until the worker has found out who is to have a mail of what was asked for.</summary>
    public static Task WorkedOffAsync(this TestDatabase database) =>
        Until.TrueAsync(async () => await database.CountAsync("mail_requests") == 0, "what was asked for is worked off");

    public static Task<Answer> CheckAsync(this ApiClient client, string token) =>
        client.PostAsync("/api/auth/verify-email/check/", new { token });

    public static Task<Answer> RejectAsync(this ApiClient client, string token) =>
        client.PostAsync("/api/auth/verify-email/reject/", new { token });

    public static async Task<bool> IsVerifiedAsync(this TestDatabase database, Person person) =>
        await database.UsersAsync(person.Email, "email_verified") == 1;

    public static Task<long> UsersAsync(this TestDatabase database, string email, string where = "true") =>
        database.CountAsync("users", $"email = @email AND {where}", ("email", email));

    public static Task<long> EventsAsync(this TestDatabase database, Person person, string kind) => database.CountAsync(
        "security_events e JOIN users u ON u.id = e.user_id", "u.email = @email AND e.kind = @kind", ("email", person.Email), ("kind", kind));

    /// <summary>Waits until an event that is counted was counted so often: its row comes a second after the answer at most.</summary>
    public static Task CountedAsync(this TestDatabase database, Person person, string kind, int times) => Until.TrueAsync(
        async () => times == await database.ScalarAsync<long>(
            "SELECT coalesce(sum(count), 0)::bigint FROM security_events e JOIN users u ON u.id = e.user_id WHERE u.email = @email AND e.kind = @kind", ("email", person.Email), ("kind", kind)),
        $"{times} {kind}");

    /// <summary>A mailed token of a purpose, of which no mail was sent, for the next half hour: races need many.</summary>
    public static async Task<string> PlantTokenAsync(this TestDatabase database, Person person, string purpose, string? newEmail = null)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Assert.Equal(1, await database.ExecuteAsync(
            """
            INSERT INTO email_verification_tokens (id, user_id, email, new_email, purpose, token_hash, attempts, expires_at)
            SELECT gen_random_uuid(), id, email, nullif(@new_email, ''), @purpose, @hash, 0, clock_timestamp() + interval '30 minutes' FROM users WHERE email = @email
            """,
            ("new_email", newEmail ?? ""), ("purpose", purpose), ("hash", SHA256.HashData(Encoding.ASCII.GetBytes(token))), ("email", person.Email)));
        return token;
    }

    /// <summary>Sets something of a user: <c>is_active = false</c>.</summary>
    public static async Task ChangeAsync(this TestDatabase database, Person person, string assignment) =>
        Assert.Equal(1, await database.ExecuteAsync($"UPDATE users SET {assignment} WHERE email = @email", ("email", person.Email)));

    public static void AssertRefused(this Answer answer, int status, string code)
    {
        Assert.True(answer.Status == status, answer.ToString());
        Assert.Equal(code, answer["code"]);
        Assert.NotEmpty(answer["detail"]!);
    }

    public static void AssertBody(this Answer answer, int status, string body)
    {
        Assert.Equal(body, answer.Text);
        Assert.Equal(status, answer.Status);
    }

    /// <summary>An answer without what is random in it.</summary>
    public static string Visible(this Answer answer)
    {
        var headers = answer.Headers.Where(header => header.Key is not ("Date" or "X-Trace-Id"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Key == "Set-Cookie" ? header.Value.Select(Masked) : header.Value)}");
        return $"{answer.Status}\n{string.Join('\n', headers)}\n{answer.Text}";
    }

    private static string Masked(string cookie)
    {
        var (name, value) = (cookie.Split('=')[0], cookie.Split('=', 2)[1].Split(';')[0]);
        return $"{name}={value.Length} characters;{string.Join(';', cookie.Split(';').Skip(1).Where(part => !part.Contains("expires", StringComparison.Ordinal)))}";
    }
}
