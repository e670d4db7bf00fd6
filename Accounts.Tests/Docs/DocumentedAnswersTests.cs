using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Docs;

/// <summary>The server answers as its document says, measured by a validator that is not ours.</summary>
public sealed class DocumentedAnswersTests(Postgres postgres) : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly string Basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"orders:{Secret}"))}";

    private readonly List<Exchange> exchanges = [];
    private TestServer server = null!;
    private ApiClient client = null!;
    private OpenApiDocument document = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:Tokens:IntrospectionClients", $"orders:{Secret}"), ("Accounts:EmailCodes:Enabled", "true"));
        client = server.Client();
        document = await OpenApiDocument.ReadAsync(client);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded", Traits = ["Pace", "long"])]
    [InlineData("multipart/form-data", Traits = ["Pace", "long"])]
    public async Task Every_example_of_a_body_gets_a_documented_answer(string mediaType)
    {
        foreach (var operation in document.Operations)
        {
            using var somebody = server.Client();
            await somebody.SignInSomebodyAsync();
            using var content = operation.BodyExample is { } example ? Body(example, mediaType) : null;
            exchanges.Add(await SendAsync(somebody, operation, operation.FilledPath, content));
        }
        Assert.All(exchanges, exchange => Assert.DoesNotContain(exchange.Answer.Status, new[] { 413, 415, 500, 503 }));
        await document.FitsAsync([.. exchanges]);
    }

    [Fact]
    public async Task The_examples_sign_up_and_sign_in()
    {
        Assert.Equal(201, await DoAsync("/api/auth/register/"));
        Assert.Equal(200, await DoAsync("/api/auth/login/"));
        Assert.Equal(200, await DoAsync("/api/auth/token/refresh/"));
        Assert.Equal(200, await DoAsync("/api/auth/logout/"));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "generation = 1 AND ended_at IS NOT NULL"));
        await document.FitsAsync([.. exchanges]);
        await document.FitsAsync();
    }

    [Fact]
    public async Task The_answers_of_a_life_are_documented()
    {
        await DoAsync("/api/auth/register/");
        var token = await server.Mailbox.TokenAsync("ann@example.test");
        Assert.Equal(200, await DoAsync("/api/auth/verify-email/check/", new { token }));
        Assert.Equal(200, await DoAsync("/api/auth/verify-email/", new { token }));
        Assert.Equal(200, await DoAsync("/api/auth/verify-email/resend/"));
        await DoAsync("/api/auth/login/");
        client.Access = exchanges[^1].Answer.Access;
        Assert.Equal(200, await DoAsync("/api/auth/me/", method: "get"));
        Assert.Equal(200, await DoAsync("/api/auth/token/verify/", new { token = client.Access }));
        Assert.Equal(200, await DoAsync("/api/auth/introspect/", new { token = client.Access }));
        Assert.Equal("true", exchanges[^1].Answer["active"]);
        await document.FitsAsync([.. exchanges]);
    }

    [Fact]
    public async Task The_answers_about_passwords_are_documented()
    {
        await DoAsync("/api/auth/register/");
        Assert.Equal(200, await DoAsync("/api/auth/password/reset/"));
        var token = Mailbox.TokenOf((await server.Mailbox.WaitForResetsAsync("ann@example.test", 1))[0]);
        Assert.Equal(400, await DoAsync("/api/auth/password/reset/confirm/"));
        Assert.Equal(200, await DoAsync("/api/auth/password/reset/confirm/", new { token, new_password = Some.Password }));
        await DoAsync("/api/auth/login/");
        client.Access = exchanges[^1].Answer.Access;
        Assert.Equal(200, await DoAsync("/api/auth/password/change/"));
        client.Access = exchanges[^1].Answer.Access;
        Assert.Equal(400, await DoAsync("/api/auth/password/change/"));
        client.Cookies.Clear();
        Assert.Equal(200, await DoAsync("/api/auth/password/change/", new { old_password = Some.OtherPassword, new_password = Some.Password }));
        Assert.Null(exchanges[^1].Answer["access"]);
        await document.FitsAsync([.. exchanges]);
    }

    [Fact]
    public async Task The_answers_of_a_sign_in_by_mail_are_documented()
    {
        await DoAsync("/api/auth/register/");
        Assert.Equal(200, await DoAsync("/api/auth/login/code/"));
        var mail = await server.CodeMailAsync("ann@example.test");
        Assert.Equal(200, await DoAsync("/api/auth/login/code/check/", new { token = Mailbox.TokenOf(mail) }));
        Assert.Equal(400, await DoAsync("/api/auth/login/code/confirm/"));
        Assert.Equal(200, await DoAsync("/api/auth/login/code/confirm/", new { code = EmailCodeSteps.CodeOf(mail) }));
        await document.FitsAsync([.. exchanges]);
    }

    [Fact]
    public async Task The_answers_in_body_mode_are_documented()
    {
        await DoAsync("/api/auth/register/");
        var login = document.Operation("post", "/api/auth/login/");
        exchanges.Add(await SendAsync(client, login, login.Path, JsonContent.Create(login.BodyExample), ("X-Token-Transport", "body")));
        Assert.Equal(200, await DoAsync("/api/auth/token/refresh/", new { refresh = exchanges[^1].Answer["refresh"] }));
        Assert.NotEmpty(exchanges[^1].Answer["refresh"] ?? "");
        await document.FitsAsync([.. exchanges]);
    }

    [Fact]
    public async Task Refusals_are_documented()
    {
        await DoAsync("/api/auth/register/");
        Assert.Equal(400, await DoAsync("/api/auth/register/"));
        Assert.Equal(400, await DoAsync("/api/auth/login/", new { }));
        Assert.Equal(401, await DoAsync("/api/auth/login/", new { email = "ann@example.test", password = "wrong" }));
        Assert.Equal(401, await DoAsync("/api/auth/token/refresh/"));
        Assert.Equal(401, await DoAsync("/api/auth/me/", method: "get"));
        client.Access = "garbage";
        Assert.Equal(401, await DoAsync("/api/auth/me/", method: "get"));
        Assert.Equal(400, await DoAsync("/api/auth/verify-email/"));
        await document.FitsAsync([.. exchanges]);
    }

    [Fact]
    public async Task What_holds_for_every_route_is_documented_where_it_holds()
    {
        foreach (var operation in document.Operations.Where(operation => operation.Path.StartsWith("/api/", StringComparison.Ordinal)))
        {
            exchanges.Add(await SendAsync(client, operation, operation.FilledPath, null, ("Accept", "image/png")));
            exchanges.Add(await SendAsync(client, operation, operation.FilledPath, null, ("Host", "elsewhere.test")));
            if (operation.Method != "get")
            {
                exchanges.Add(await SendAsync(client, operation, operation.FilledPath, null, ("Origin", "https://evil.test")));
                exchanges.Add(await SendAsync(client, operation, operation.FilledPath, new StringContent("no JSON")));
            }
        }
        Assert.Superset(new HashSet<int> { 400, 403, 406, 415 }, exchanges.Select(exchange => exchange.Answer.Status).ToHashSet());
        await document.FitsAsync([.. exchanges]);
    }

    /// <summary>Sends an operation with a body, its example where none is given, and notes the answer.</summary>
    private async Task<int> DoAsync(string path, object? body = null, string method = "post")
    {
        var operation = document.Operation(method, path);
        var content = body ?? operation.BodyExample;
        exchanges.Add(await SendAsync(client, operation, path, content is null ? null : JsonContent.Create(content)));
        return exchanges[^1].Answer.Status;
    }

    private static async Task<Exchange> SendAsync(
        ApiClient client, Operation operation, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        (string, string)[] usual = [("Accept", "application/json"), .. operation.Takes("basic") ? [("Authorization", Basic)] : Array.Empty<(string, string)>()];
        return new Exchange(operation, await client.SendAsync(new HttpMethod(operation.Method.ToUpperInvariant()), path, content, [.. usual, .. headers]));
    }

    private static HttpContent Body(JsonObject example, string mediaType)
    {
        var texts = example.Where(member => member.Value is JsonValue).Select(member => KeyValuePair.Create(member.Key, member.Value!.ToString()));
        return mediaType switch
        {
            "application/json" => JsonContent.Create(example),
            "multipart/form-data" => Multipart(texts),
            _ => new FormUrlEncodedContent(texts),
        };
    }

    private static MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, text) in texts)
        {
            content.Add(new StringContent(text), name);
        }
        return content;
    }
}
