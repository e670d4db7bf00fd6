using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Hostile texts in every place where a request has text: nothing may answer 5xx, and what is stored reads back equal.</summary>
public sealed class HostileTextTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private static readonly string[] Endpoints =
        ["register", "login", "token/refresh", "token/verify", "token/revoke", "logout", "verify-email", "verify-email/check", "verify-email/reject", "verify-email/resend", "introspect"];

    private static readonly string[] Members =
        ["username", "email", "password", "password1", "password2", "first_name", "last_name", "token", "code", "refresh", "remember"];

    /// <summary>As JSON writes them, so that halves of characters can be among them.</summary>
    private static readonly string[] Texts =
    [
        "\\u0000", "a\\u0000b", "\\ud800", "\\udc00", "\\udc00\\ud800", "a\\ud83d", "\\uffff", "\\ufffe", "\\ufeff", "\\u202e", "\\u200d", "\\u0085", "\\u2028", "\\u001b[31m",
        "\\r\\nBcc: x@y.test", "😀", "a" + string.Concat(Enumerable.Repeat("\\u0301", 1000)), "' OR 1=1; --", "%_%", "${jndi:ldap://x}", "<script>", "../../etc/passwd",
        "1e400", "-0", new string('a', 8000), new string('.', 300) + "@b.test", "a@" + new string('b', 300) + ".test", "a@b..test", "ß@ß.ß", "%00%ff", "{0}", "\\\\",
    ];

    private readonly ApiClient client = shared.Server.Client();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task IV_02_In_the_members_of_every_body()
    {
        foreach (var endpoint in Endpoints)
        {
            foreach (var text in Texts)
            {
                await AssertHandledAsync(endpoint, "application/json", "{" + string.Join(',', Members.Select(member => $"\"{member}\": \"{text}\"")) + "}");
                await AssertHandledAsync(endpoint, "application/json", $"{{\"{text}\": \"x\", \"email\": \"{text}\", \"username\": \"u\", \"password\": \"{Some.Password}\"}}");
            }
        }
    }

    [Fact]
    public async Task IV_02_In_forms()
    {
        string[] encoded = ["%00", "%ED%A0%80", "%FF", "%C0%AF", "%", "%zz", "%EF%BB%BF", "+%0D%0A", "%F0%9F%98%80", "=&=", ";", "[]", "&&&&"];
        foreach (var text in encoded)
        {
            await AssertHandledAsync("register", "application/x-www-form-urlencoded", string.Join('&', Members.Select(member => $"{member}={text}")));
            await AssertHandledAsync("login", "application/x-www-form-urlencoded", $"{text}={text}&email={text}&password={text}");
            await AssertHandledAsync("login", "multipart/form-data; boundary=x", $"--x\r\nContent-Disposition: form-data; name=\"{text}\"; filename*=UTF-8''{text}\r\n\r\n{text}\r\n--x--");
            await AssertHandledAsync("login", "multipart/form-data; boundary=x", $"--x\r\nContent-Disposition: {text}\r\nContent-Type: text/plain; charset={text}\r\n\r\n{text}\r\n--x--");
            await AssertHandledAsync("login", $"multipart/form-data; boundary={text}", $"--{text}\r\n\r\n");
        }
        await AssertHandledAsync("login", "multipart/form-data; boundary=x", "--x\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 1000)) + "\r\n\r\n--x--");
        await AssertHandledAsync("login", "multipart/form-data", "--x--");
        await AssertHandledAsync("login", "application/x-www-form-urlencoded", string.Concat(Enumerable.Repeat("a=b&", 5000)));
    }

    [Theory]
    [InlineData("User-Agent")]
    [InlineData("Cookie")]
    [InlineData("Authorization")]
    [InlineData("Accept")]
    [InlineData("Origin")]
    [InlineData("Sec-Fetch-Site")]
    [InlineData("Content-Type")]
    [InlineData("X-Token-Transport")]
    [InlineData("X-Forwarded-For")]
    [InlineData("Host")]
    public async Task IV_02_In_headers(string header)
    {
        foreach (var text in new[] { "\0", "\u0080\u00ff", "\u00c3\u00a9", "\u001b[31m", "a=b; =; ;;=;", "\"", "Bearer \u00e9", "Basic /w==", new string(',', 1000), new string(';', 1000), "\t", "%00", "*/*;q=x" })
        {
            await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
            var host = header == "Host" ? "" : "Host: localhost\r\n";
            await connection.SendAsync($"POST /api/auth/token/refresh/ HTTP/1.1\r\n{host}{header}: {text}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
            Assert.InRange(await connection.StatusAsync(), 200, 499);
        }
    }

    [Fact]
    public async Task IV_02_In_paths_and_queries()
    {
        string[] texts = ["%00", "%ff", "%c0%af", "%ed%a0%80", "%2e%2e%2f", "..%5c", "%0d%0aX: y", "%F0%9F%98%80", ";a=b", "//", "%", "%u0041", "'", "{id}", "\u00e9"];
        foreach (var text in texts)
        {
            foreach (var target in new[] { $"/api/auth/{text}", $"/{text}/api/auth/me/", $"/api/auth/verify-email/?token={text}", $"/api/auth/verify-email/?{text}", $"/dev/{text}", $"/{text}" })
            {
                await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
                await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n");
                Assert.InRange(await connection.StatusAsync(), 200, 499);
            }
        }
    }

    [Theory]
    [InlineData(399)]
    [InlineData(400)]
    public async Task IV_02_A_user_agent_is_cut_between_characters_and_stored(int before)
    {
        var person = Some.Person();
        await client.RegisterAsync(person);
        var (start, whole) = (new string('a', before), $"{new string('a', before)}😀b");
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        await connection.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, "Host: localhost", $"User-Agent: {Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(whole))}");
        Assert.Equal(200, await connection.StatusAsync());
        Assert.Equal(1, await shared.Server.Database.CountAsync("sessions", "user_agent = @text", ("text", start)));
    }

    [Theory]
    [InlineData("Ada 😀", "O'Neil; DROP TABLE users; --")]
    [InlineData("‮ada", "a\u0301\u0301\u0301")]
    [InlineData("\\", "%_$${0}")]
    public async Task IV_04_What_is_accepted_is_stored_as_it_was_sent(string first, string last)
    {
        var person = Some.Person();
        var registered = await client.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password, first_name = first, last_name = last });
        Assert.Equal(201, registered.Status);
        await client.SignInAsync(person);
        var me = await client.MeAsync();
        Assert.Equal((first, last), (me["first_name"], me["last_name"]));
    }

    [Fact]
    public async Task IV_04_No_text_is_ever_a_part_of_a_statement()
    {
        var person = await client.SignInSomebodyAsync();
        string[] injections = ["' OR '1'='1", "'; DELETE FROM sessions; --", "\\'; SELECT pg_sleep(9); --", "a' UNION SELECT NULL --", "%", "_", "$1", "@id", ":id", "{0}", "E'\\x41'", "1); --"];
        var before = await shared.Server.Database.CountAsync("users");
        foreach (var text in injections)
        {
            Assert.Equal(401, (await client.PostAsync("/api/auth/login/", new { username = text, password = text })).Status);
            Assert.Equal(401, (await client.PostAsync("/api/auth/login/", new { username = person.Username + text, password = person.Password })).Status);
            Assert.Equal(400, (await client.PostAsync("/api/auth/verify-email/", new { token = text })).Status);
            Assert.Equal(400, (await client.PostAsync("/api/auth/verify-email/", new { email = person.Email, code = text })).Status);
            Assert.Equal(401, (await client.PostAsync("/api/auth/token/verify/", new { token = text })).Status);
        }
        Assert.Equal(before, await shared.Server.Database.CountAsync("users"));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }

    private async Task AssertHandledAsync(string endpoint, string type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var answer = await client.SendAsync(HttpMethod.Post, $"/api/auth/{endpoint}/", content);
        Assert.True(answer.Status < 500, $"{endpoint}, {type}, {body}: {answer}");
        Assert.Equal("application/json", answer.MediaType);
    }
}
