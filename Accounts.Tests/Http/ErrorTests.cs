using System.Text;
using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Errors tell what the client can do about them, and nothing of the inside.</summary>
public sealed class ErrorTests(Postgres postgres)
{
    private static readonly string[] Inside =
        ["Exception", "Npgsql", "Microsoft", "System.", "   at ", "SELECT", "users", "throttle_counters", "postgres", ".cs", "/home", "/usr", "Host=", "5432"];

    [Fact]
    public async Task IV_05_An_error_of_any_class_has_a_code_and_a_trace_id_and_shows_nothing_of_the_inside()
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"));
        using var client = server.Client();
        await server.Database.ExecuteAsync("ALTER TABLE users RENAME TO lost");
        (int Status, string Code, Answer Answer)[] errors =
        [
            (400, "parse_error", await client.SendAsync(HttpMethod.Post, "/api/auth/login/", new StringContent("{", Encoding.UTF8, "application/json"))),
            (401, "not_authenticated", await client.GetAsync("/api/auth/me/")),
            (401, "token_not_valid", await client.MeAsync("x")),
            (401, "token_not_valid", await client.RefreshAsync("x")),
            (403, "csrf_failed", await client.PostAsync("/api/auth/logout/", null, ("Origin", "null"))),
            (404, "not_found", await client.GetAsync("/api/auth/nowhere/")),
            (405, "method_not_allowed", await client.GetAsync("/api/auth/login/")),
            (406, "not_acceptable", await client.PostAsync("/api/auth/login/", null, ("Accept", "image/png"))),
            (413, "payload_too_large", await client.PostAsync("/api/auth/login/", new { email = new string('a', 40_000) })),
            (415, "unsupported_media_type", await client.SendAsync(HttpMethod.Post, "/api/auth/login/", new StringContent("x"))),
            (400, "bad_request", await client.GetAsync("/api/auth/me/", ("Host", "evil.example"))),
            (500, "error", await client.LoginAsync(Some.Person())),
            (500, "error", await client.RegisterAsync(Some.Person())),
        ];
        Assert.All(errors, error => AssertShape(error.Status, error.Code, error.Answer));
        Assert.Equal("A server error occurred.", errors[^1].Answer["detail"]);
    }

    [Fact]
    public async Task IV_05_A_lost_database_is_503_with_a_time_to_come_again()
    {
        await using var server = await TestServer.StartOnAsync(await postgres.CreateDatabaseAsync() + ";Command Timeout=4", ("environment", "Production"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await using var locked = await LockAsync(server);
        var answers = await Task.WhenAll(client.MeAsync(), client.RefreshAsync(), client.LoginAsync(Some.Person()));
        Assert.All(answers, answer => AssertShape(503, "unavailable", answer));
        Assert.All(answers, answer => Assert.Equal("2", answer.Header("Retry-After")));
        Assert.All(answers, answer => Assert.Empty(answer.SetCookies));
        Assert.Equal(200, (await client.GetAsync("/.well-known/jwks.json")).Status);
    }

    [Theory]
    [InlineData("users"), InlineData("security_events"), InlineData("outbox_messages")]
    public async Task IV_05_A_save_that_waits_too_long_is_503_and_leaves_nothing(string table)
    {
        await using var server = await TestServer.StartOnAsync(await postgres.CreateDatabaseAsync() + ";Command Timeout=5", ("environment", "Production"));
        using var client = server.Client();
        await using (await LockAsync(server, table))
        {
            var answer = await client.RegisterAsync(Some.Person());
            AssertShape(503, "unavailable", answer);
            Assert.Equal("2", answer.Header("Retry-After"));
        }
        Assert.Equal(0, await server.Database.CountAsync("users"));
        Assert.Equal(201, (await client.RegisterAsync(Some.Person())).Status);
    }

    /// <summary>A database that answers nobody: every statement on the table waits until its time is over.</summary>
    private static async Task<NpgsqlConnection> LockAsync(TestServer server, string table = "users")
    {
        var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static void AssertShape(int status, string code, Answer answer)
    {
        Assert.True(answer.Status == status && answer["code"] == code, answer.ToString());
        Assert.Equal("application/json", answer.MediaType);
        Assert.NotEmpty(answer["detail"]!);
        Assert.Matches("^[0-9a-f]{32}$", answer.Header("X-Trace-Id"));
        // 32 digits at random hold any four of them now and then.
        var shown = $"{answer.Text}{answer.Headers}".Replace(answer.Header("X-Trace-Id")!, "", StringComparison.Ordinal);
        Assert.All(Inside, word => Assert.DoesNotContain(word, shown, StringComparison.Ordinal));
    }
}
