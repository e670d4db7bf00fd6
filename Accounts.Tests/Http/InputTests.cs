using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Bodies that are malformed, ambiguous or of the wrong kind.</summary>
public sealed class InputTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Register = "/api/auth/register/";
    private readonly ApiClient client = shared.Server.Client();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string> Malformed =>
    [
        """{"email": "a@b.test", "email": "c@d.test"}""", """{"email": "a@b.test", "Email": "c@d.test"}""", """{"email": "a", "\u0065mail": "b"}""",
        """{"x": {"a": 1, "a": 2}}""", """{"email": "a@b.test"} x""", """{"email": "a@b.test"}{}""", """{"email": "a@b.test",}""",
        """{"email": "a@b.test" /* x */}""", "// x\n{}", """{'email': 'a@b.test'}""", """{email: "a@b.test"}""", """{"email": a}""",
        """{"email": NaN}""", """{"email": 01}""", """{"email": "a""", "{", "[", "\"", "nul", """{"email": "\x41"}""", "{\"email\": \"a\nb\"}", "{\"email\": \"a\0b\"}",
        """{"\ud800": 1}""", """{"\ud800": 1, "\ud800": 2}""", """{"x": {"\udc00": 1, "\udc00": 2}}""",
        new string('[', 10_000), new string('[', 17) + new string(']', 17), string.Concat(Enumerable.Repeat("{\"a\":", 17)) + "1" + new string('}', 17),
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task IV_01_What_is_no_strict_JSON_is_a_parse_error(string body)
    {
        foreach (var path in new[] { "register", "login", "token/refresh", "token/verify", "token/revoke", "logout", "verify-email", "verify-email/resend" })
        {
            var answer = await JsonAsync($"/api/auth/{path}/", Encoding.UTF8.GetBytes(body));
            Assert.Equal((400, "parse_error"), (answer.Status, answer["code"]));
            Assert.StartsWith("JSON parse error - ", answer["detail"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]", "Invalid data. Expected a dictionary, but got list.")]
    [InlineData("\"a\"", "Invalid data. Expected a dictionary, but got str.")]
    [InlineData("1", "Invalid data. Expected a dictionary, but got int.")]
    [InlineData("1e999", "Invalid data. Expected a dictionary, but got float.")]
    [InlineData("true", "Invalid data. Expected a dictionary, but got bool.")]
    [InlineData("null", "No data provided")]
    public async Task IV_01_What_is_no_object_is_told_what_it_is(string body, string message)
    {
        var answer = await JsonAsync(Register, Encoding.UTF8.GetBytes(body));
        Assert.Equal(400, answer.Status);
        Assert.Equal(message, answer.Json.GetProperty("non_field_errors")[0].GetString());
    }

    [Theory]
    [InlineData("[]", "Not a valid string.")]
    [InlineData("{}", "Not a valid string.")]
    [InlineData("true", "Not a valid string.")]
    [InlineData("null", "This field may not be null.")]
    [InlineData("\"\"", "This field may not be blank.")]
    [InlineData("\"  \"", "This field may not be blank.")]
    public async Task IV_01_A_wrong_type_is_a_field_error_beside_all_the_others(string value, string message)
    {
        var answer = await JsonAsync(Register, Encoding.UTF8.GetBytes($$"""{"username": {{value}}, "email": "x"}"""));
        Assert.Equal(400, answer.Status);
        Assert.Equal(message, answer.Json.GetProperty("username")[0].GetString());
        Assert.Equal("This field is required.", answer.Json.GetProperty("password")[0].GetString());
        Assert.NotEmpty(answer.Json.GetProperty("email")[0].GetString()!);
    }

    [Fact]
    public async Task IV_01_Numbers_are_texts_and_unknown_members_are_never_bound()
    {
        var (number, password) = (Random.Shared.NextInt64(1_000_000, long.MaxValue), Random.Shared.NextInt64(1_000_000_000_000, long.MaxValue));
        var answer = await JsonAsync(Register, Encoding.UTF8.GetBytes($$$"""
            {"username": {{{number}}}, "email": "n{{{number}}}@example.test", "password": {{{password}}}, "id": "00000000-0000-0000-0000-000000000001",
             "roles": ["admin"], "is_active": false, "email_verified": true, "emailVerified": true, "EmailConfirmed": true, "password_hash": "x", "__proto__": {"roles": ["admin"]}}
            """));
        Assert.Equal(201, answer.Status);
        Assert.Equal(1, await shared.Server.Database.CountAsync(
            "users", "username = @name AND is_active AND NOT email_verified AND roles = '{}' AND id <> '00000000-0000-0000-0000-000000000001'", ("name", $"{number}")));
        Assert.Equal(200, (await client.LoginAsync(new Person("", $"n{number}@example.test", $"{password}"))).Status);
    }

    [Theory]
    [InlineData("{\"a\": 1, \"a\": 2}", "JSON parse error - Duplicate property"), InlineData("{\n  \"a\": x}", "JSON parse error - line 2 column 8: ")]
    public async Task A_parse_error_says_where_it_is_where_that_is_known(string body, string start) =>
        Assert.StartsWith(start, (await JsonAsync(Register, Encoding.UTF8.GetBytes(body)))["detail"], StringComparison.Ordinal);

    [Fact]
    public async Task IV_02_Bytes_that_are_no_UTF_8_and_a_byte_order_mark_are_refused()
    {
        byte[][] hostile = [[0x80], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF, 0xFE], [0xF0, 0x9F]];
        foreach (var bytes in hostile)
        {
            var answer = await JsonAsync(Register, [.. "{\"username\": \""u8, .. bytes, .. "\"}"u8]);
            Assert.Equal((400, "parse_error"), (answer.Status, answer["code"]));
        }
        Assert.Equal("JSON parse error - Unexpected UTF-8 BOM", (await JsonAsync(Register, [0xEF, 0xBB, 0xBF, .. "{}"u8]))["detail"]);
        Assert.Equal("parse_error", (await JsonAsync(Register, Encoding.Unicode.GetBytes("{}")))["code"]);
    }

    [Theory]
    [InlineData("application/json; charset=utf8", "{\"username\": \"zo\u00eb\"}")]
    [InlineData("application/json; charset=\"UTF8\"", "{\"username\": \"zo\u00eb\"}")]
    [InlineData("application/json; charset=us-ascii", "{\"username\": \"zo\u00eb\"}")]
    [InlineData("application/json; charset=utf-16", "{\"username\": \"zo\u00eb\"}")]
    [InlineData("application/x-www-form-urlencoded; charset=ISO-8859-1", "username=zo%C3%AB")]
    [InlineData("application/x-www-form-urlencoded; charset=x-nothing", "username=zo\u00eb")]
    public async Task IV_06_What_a_body_calls_its_charset_has_no_effect_it_is_UTF_8(string type, string body)
    {
        var answer = await BytesAsync(Register, Encoding.UTF8.GetBytes(body), type);
        answer.AssertBody(400, """{"email":["This field is required."],"password":["This field is required."]}""");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/jsonx")]
    [InlineData("text/json")]
    [InlineData("nonsense")]
    [InlineData("application/json, text/plain")]
    public async Task IV_06_Other_types_are_415(string type)
    {
        var answer = await BytesAsync(Register, "{}"u8.ToArray(), type);
        Assert.Equal((415, "unsupported_media_type"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task IV_06_Two_types_two_tokens_and_two_cookies_are_refused()
    {
        await client.SignInSomebodyAsync();
        var cookie = client.RefreshCookie;
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        await connection.PostAsync("/api/auth/logout/", new { }, "Host: localhost", "Content-Type: text/plain");
        Assert.Equal(415, await connection.StatusAsync());
        var cookies = await client.PostAsync("/api/auth/token/refresh/", null, ("Cookie", $"refresh_token={client.RefreshCookie}; refresh_token={client.RefreshCookie}"));
        Assert.Equal((401, "invalid"), (cookies.Status, cookies["reason"]));
        var tokens = await client.GetAsync("/api/auth/verify-email/?token=a&token=b", ("Accept", "application/json"));
        Assert.Equal((400, "invalid_token"), (tokens.Status, tokens["code"]));
        Assert.Equal(200, (await client.RefreshAsync(cookie)).Status);
    }

    [Theory]
    [InlineData("TRACE", Register)]
    [InlineData("PUT", Register)]
    [InlineData("GET", "/api/auth/login/")]
    [InlineData("DELETE", "/api/auth/token/refresh")]
    [InlineData("POST", "/api/auth/me/")]
    [InlineData("PROPFIND", "/api/auth/me/")]
    public async Task IV_06_A_method_that_a_route_lacks_is_405_and_told_which_it_has(string method, string path)
    {
        var answer = await client.SendAsync(new HttpMethod(method), path, null);
        Assert.Equal((405, "method_not_allowed", $"Method \"{method}\" not allowed."), (answer.Status, answer["code"], answer["detail"]));
        Assert.Equal("application/json", answer.MediaType);
    }

    [Theory]
    [InlineData("application/xml", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("text/html", 400)]
    [InlineData("application/*", 400)]
    [InlineData("*/*;q=0.1, image/png", 400)]
    [InlineData("nonsense", 400)]
    public async Task IV_06_What_cannot_be_answered_acceptably_is_refused_before_it_is_done(string accept, int status)
    {
        var answer = await client.PostAsync(Register, new { }, ("Accept", accept));
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/json", answer.MediaType);
    }

    private Task<Answer> JsonAsync(string path, byte[] body) => BytesAsync(path, body, "application/json");

    private async Task<Answer> BytesAsync(string path, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await client.SendAsync(HttpMethod.Post, path, content);
    }
}
