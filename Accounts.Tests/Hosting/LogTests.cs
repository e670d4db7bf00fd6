using System.Text.Json;
using Accounts.Tests.Docs;
using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Hosting;

/// <summary>Logs in Production at their most talkative: no secret in them, and nobody writes lines of their own.</summary>
[Trait("Pace", "long")]
public sealed class LogTests(Postgres postgres)
{
    private static readonly (string, string)[] Trace =
    [
        ("environment", "Production"), ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Trace"), ("Logging:LogLevel:Npgsql", "Trace"),
        ("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"), ("Logging:Console:LogLevel:Default", "Trace"),
        ("Logging:Console:FormatterOptions:IncludeScopes", "true"), ("Logging:LogLevel:Accounts.Api.Http.AccessTokenAuthentication", "Trace"),
    ];

    private static readonly string[] Canaries = ["canary-secret-key-0123456789-abcdef", "canary-previous-key-0123456789-abcdef", "canary-smtp", "canary-introspection-0123456789-abcdef", "canary-database", "canary-password", "canary-guess", "canary-cookie", "canary-query", "canary-header"];

    [Fact]
    public async Task LG_02_No_secret_is_in_the_log_at_any_level()
    {
        await using var sink = await MailSink.StartAsync();
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync() + ";Password=canary-database",
            [.. Trace, ("Accounts:SecretKey", Canaries[0]), ("Accounts:PreviousSecretKeys", Canaries[1]), sink.Safely("accounts:canary-smtp@"), ("Accounts:Tokens:IntrospectionClients", $"api:{Canaries[3]}")]);
        using var client = server.Client();
        var secrets = await LiveAsync(server, client);
        Assert.Contains("\"LogLevel\":\"Debug\"", server.Output, StringComparison.Ordinal);
        Assert.Contains("Security event RefreshTokenReused", server.Output, StringComparison.Ordinal);
        Assert.All(secrets.Concat(Canaries), secret => Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal));
    }

    /// <summary>Does everything with secrets, and returns those that the server made.</summary>
    private static async Task<List<string>> LiveAsync(ServerProcess server, ApiClient client)
    {
        var person = Some.Person() with { Password = "canary-password" };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        await client.LoginAsync(person with { Password = "canary-guess" });
        var login = await client.SignInAsync(person);
        var made = new List<string> { login.Access, client.RefreshCookie! };
        made.AddRange(client.Cookies.Values);
        var used = client.RefreshCookie!;
        made.Add((await client.RefreshAsync()).RefreshCookie!);
        await client.GetAsync("/api/auth/verify-email/?token=canary-query", ("Accept", "application/json"));
        await client.PostAsync("/api/auth/verify-email/", new { token = "canary-query" });
        await client.PostAsync("/api/auth/introspect/", new { token = client.Access }, ("Authorization", $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"api:{Canaries[3]}"))}"));
        await client.GetAsync("/api/auth/me/?access_token=canary-query", ("Cookie", "refresh_token=canary-cookie"), ("Authorization", "Bearer canary-header"));
        await BreakHeaderAsync(server);
        const string later = "UPDATE sessions SET rotated_at = rotated_at - interval '1 minute'";
        await server.Database.ExecuteAsync(later);
        made.Add((await client.RefreshAsync(used)).RefreshCookie!);
        await server.Database.ExecuteAsync(later);
        made.Add((await client.RefreshAsync()).RefreshCookie!);
        await client.RefreshAsync(used);
        await client.LogoutAsync();
        await client.AskResetAsync(person.Email);
        made.Add(await server.Database.PlantResetAsync(person));
        Assert.Equal(200, (await client.ResetAsync(made[^1], "canary-password-of-the-reset")).Status);
        client.Access = (await client.SignInAsync(person with { Password = "canary-password-of-the-reset" })).Access;
        Assert.Equal(200, (await client.ChangePasswordAsync("canary-password-of-the-reset", "canary-password-of-the-change")).Status);
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET state = state");
        return made;
    }

    /// <summary>Every way in which a setting names one category or one output.</summary>
    private static readonly (string, string)[] Asking =
    [
        ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore.Mvc", "Trace"), ("Logging:LogLevel:microsoft.aspnetcore.mvc.*", "Trace"),
        ("Logging:LogLevel:Microsoft.AspNetCore.Mvc.Infrastructure.RedirectResultExecutor", "Trace"), ("Logging:LogLevel:*.RedirectResultExecutor", "Trace"),
        ("Logging:Console:LogLevel:Microsoft.AspNetCore.Mvc.Infrastructure.RedirectResultExecutor", "Trace"), ("Logging:Console:LogLevel:*Executor", "Trace"),
        ("Logging:Console:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"), ("Logging:Console:LogLevel:Microsoft.AspNetCore.Routing", "Trace"),
    ];

    [Fact]
    public async Task XA_07_No_state_code_or_token_of_a_query_or_redirect_is_in_the_log_at_any_level()
    {
        await using var provider = await ProviderDouble.StartAsync();
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), [.. Trace, .. Asking, .. provider.Settings]);
        using var client = server.Client();
        string[] canaries = ["canary-state", "canary-code", "canary-token"];
        foreach (var operation in (await OpenApiDocument.ReadAsync(client)).Operations)
        {
            await client.SendAsync(new HttpMethod(operation.Method), $"{operation.FilledPath}?state={canaries[0]}&code={canaries[1]}&token={canaries[2]}", null);
        }
        var secrets = new List<string>(canaries);
        foreach (var identity in new[] { Identity.OfGoogle(), Identity.OfGitHub() })
        {
            var callback = await client.LeaveAsync(provider, identity);
            secrets.AddRange(new Uri(server.Address, callback).Query.TrimStart('?').Split('&').Where(pair => !pair.StartsWith("iss=", StringComparison.Ordinal)).Select(pair => pair.Split('=')[1]));
            Assert.Equal(303, (await client.GetAsync(callback)).Status);
            Assert.Equal(303, (await client.GetAsync(callback, ("Accept", "text/html"))).Status);
        }
        await client.LogoutAsync();
        await Until.TrueAsync(() => Task.FromResult(server.Output.Contains("SignedOut", StringComparison.Ordinal)), "the sign-out is logged");
        Assert.Contains("\"LogLevel\":\"Debug\"", server.Output, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal));
    }

    /// <summary>What Kestrel cannot read it would quote.</summary>
    private static async Task BreakHeaderAsync(ServerProcess server)
    {
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.PostAsync("/api/auth/token/refresh/", new { }, "Host: localhost", "Cookie refresh_token=canary-cookie");
        Assert.Equal(400, await connection.StatusAsync());
    }

    [Fact]
    public async Task LG_03_Whatever_a_request_carries_each_line_of_the_log_stays_one_object()
    {
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), Trace);
        using var client = server.Client("forged\u001b[31m {\"LogLevel\":\"Critical\"}");
        const string Forged = "x\r\n{\"LogLevel\":\"Critical\",\"Message\":\"forged\"}";
        await client.RegisterAsync(new Person(Forged, Some.Email(), Some.Password));
        await client.PostAsync("/api/auth/login/", new { email = Forged, password = Forged });
        await client.GetAsync("/api/" + Uri.EscapeDataString(Forged) + "/?x=" + Uri.EscapeDataString(Forged));
        await client.SignInSomebodyAsync();
        var lines = server.Output.Split('\n').Where(line => line.Length > 0).ToList();
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.DoesNotContain(lines, line => JsonDocument.Parse(line).RootElement.GetProperty("LogLevel").GetString() == "Critical");
        Assert.DoesNotContain('\u001b', server.Output);
    }

    [Fact]
    public async Task LG_01_Security_events_are_lines_with_a_UTC_time_and_say_only_what_happened()
    {
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), ("environment", "Production"), ("Logging:LogLevel:Default", "Information"));
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        Assert.Equal(400, (await client.RegisterAsync(person)).Status);
        await client.LogoutAsync();
        await Until.TrueAsync(() => Task.FromResult(server.Output.Contains("SignedOut", StringComparison.Ordinal)), "the sign-out is logged");
        var events = server.Output.Split('\n').Where(line => line.Contains("Security event", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["Registered", "SignedIn", "SignedOut"], events.Select(line => line.GetProperty("State").GetProperty("Kind").GetString()));
        Assert.All(events, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", line.GetProperty("Timestamp").GetString()));
        Assert.DoesNotContain(person.Email, server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LG_02_A_request_that_goes_well_writes_no_line_of_its_own()
    {
        await using var server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), ("environment", "Production"), ("Logging:LogLevel:Default", "Information"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(200, (await client.MeAsync()).Status);
        await client.LogoutAsync();
        await Until.TrueAsync(() => Task.FromResult(server.Output.Contains("SignedOut", StringComparison.Ordinal)), "the sign-out is logged");
        // Kestrel tells of a heart that beats late, on a machine that is busy: that is no request's line.
        var lines = server.Output.Split('\n').Where(line => !line.Contains("heartbeat", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("Microsoft.AspNetCore", StringComparison.Ordinal));
    }
}
