using System.Diagnostics;
using System.Text.Json;
using Accounts.Tests.Deletion;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>Fields that a setting gives to users: at sign-up, in the profile, wherever a user is shown, and until they leave.</summary>
public sealed class ExtraFieldTests(ExtraServer shared) : IClassFixture<ExtraServer>
{
    private const string Unset = "\"nickname\":null,\"vat_id\":null,\"evil\":null,\"site\":null,\"contact\":null,\"birthday\":null,\"color\":null,\"age\":null,\"big\":null,\"level\":null,\"height\":null";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_sign_up_fills_them_and_they_stand_beside_the_others_wherever_the_user_is_shown()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync("""{"company":" Acme \ud83d\ude00 \"& Söhne\" ","newsletter":false,"unknown":1}""");
        await server.Database.HasExtraAsync(person, """{"company":"Acme 😀 \"& Söhne\"","newsletter":false}""");
        var login = await client.SignInAsync(person);
        var me = await client.MeAsync();
        Assert.EndsWith($$""","company":"Acme \uD83D\uDE00 \"& Söhne\"",{{Unset}},"newsletter":false,"plan":null}""", me.Text, StringComparison.Ordinal);
        Assert.Contains($"\"user\":{me.Text}", login.Text, StringComparison.Ordinal);
        Assert.Contains($"\"user\":{me.Text}", (await client.PostAsync("/api/auth/session/")).Text, StringComparison.Ordinal);
        (await client.PatchMeAsync("{}")).AssertBody(200, me.Text);
    }

    [Fact]
    public async Task A_form_says_them_as_text_and_a_blank_is_nothing()
    {
        using var client = server.Client();
        var person = Some.Person();
        var form = new Dictionary<string, string>
        {
            ["username"] = person.Username, ["email"] = person.Email, ["password"] = person.Password,
            ["company"] = "Acme", ["age"] = " 42 ", ["height"] = "1.75", ["newsletter"] = "on", ["level"] = "2", ["site"] = "", ["big"] = " ",
        };
        Assert.Equal(201, (await client.SendAsync(HttpMethod.Post, "/api/auth/register/", new FormUrlEncodedContent(form))).Status);
        await server.Database.HasExtraAsync(person, """{"company":"Acme","age":42,"height":1.75,"newsletter":true,"level":2}""");
        await client.SignInAsync(person);
        using var parts = new MultipartFormDataContent { { new StringContent("light blue"), "color" }, { new StringContent(""), "age" }, { new StringContent("0"), "newsletter" } };
        Assert.Equal(200, (await client.SendAsync(HttpMethod.Patch, "/api/auth/me/", parts)).Status);
        await server.Database.HasExtraAsync(person, """{"company":"Acme","height":1.75,"newsletter":false,"level":2,"color":"light blue"}""");
    }

    [Fact]
    public async Task A_sign_up_tells_their_errors_with_all_others_and_makes_nobody()
    {
        using var client = server.Client();
        var person = Some.Person() with { Password = "short" };
        (await client.RegisterAsync(person, """{"age":151,"newsletter":"perhaps","first_name":null}""")).AssertBody(400,
            """{"password":["Ensure this field has at least 8 characters."],"first_name":["This field may not be null."],"company":["This field is required."],"age":["Ensure this value is less than or equal to 150."],"newsletter":["Must be a valid boolean."]}""");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    [Theory]
    [InlineData("company", "null", "This field may not be null.")]
    [InlineData("company", "\"  \"", "This field may not be blank.")]
    [InlineData("company", "\"123456789012345678901\"", "Ensure this field has no more than 20 characters.")]
    [InlineData("company", "true", "Not a valid string.")]
    [InlineData("company", "[\"Acme\"]", "Not a valid string.")]
    [InlineData("company", "\"a\\u0000b\"", "Null characters are not allowed.")]
    [InlineData("company", "\"a\\nb\"", "Control characters are not allowed.")]
    [InlineData("company", "\"\\ud800\"", "Not a valid string.")]
    [InlineData("nickname", "\"x\"", "Ensure this field has at least 2 characters.")]
    [InlineData("vat_id", "\"de1\"", "This value does not match the required pattern.")]
    [InlineData("site", "\"javascript:alert(1)\"", "Enter a valid URL.")]
    [InlineData("site", "\"/here\"", "Enter a valid URL.")]
    [InlineData("contact", "\"ann@\"", "Enter a valid email address.")]
    [InlineData("birthday", "\"2027-02-29\"", "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.")]
    [InlineData("birthday", "\"1.2.2027\"", "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.")]
    [InlineData("color", "\"Red\"", "\"Red\" is not a valid choice.")]
    [InlineData("age", "-1", "Ensure this value is greater than or equal to 0.")]
    [InlineData("age", "151", "Ensure this value is less than or equal to 150.")]
    [InlineData("age", "1.5", "A valid integer is required.")]
    [InlineData("age", "\"many\"", "A valid integer is required.")]
    [InlineData("age", "true", "A valid integer is required.")]
    [InlineData("age", "{}", "A valid integer is required.")]
    [InlineData("big", "9007199254740992", "Ensure this value is less than or equal to 9007199254740991.")]
    [InlineData("big", "-9007199254740992", "Ensure this value is greater than or equal to -9007199254740991.")]
    [InlineData("big", "1e400", "A valid integer is required.")]
    [InlineData("level", "3", "\"3\" is not a valid choice.")]
    [InlineData("height", "0.25", "Ensure this value is greater than or equal to 0.5.")]
    [InlineData("height", "\"tall\"", "A valid number is required.")]
    [InlineData("height", "\"NaN\"", "A valid number is required.")]
    [InlineData("height", "1e-400", "A valid number is required.")]
    [InlineData("age", "\"0.00000000000000000000000000000000001\"", "A valid integer is required.")]
    [InlineData("newsletter", "\"perhaps\"", "Must be a valid boolean.")]
    [InlineData("newsletter", "2", "Must be a valid boolean.")]
    public async Task A_value_that_does_not_fit_is_told_in_the_words_of_DRF_and_changes_nothing(string field, string value, string told)
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme","age":42}""");
        var body = new StringContent($$"""{"first_name":"Ann","{{field}}":{{value}}}""", null, "application/json");
        var answer = await client.SendAsync(HttpMethod.Patch, "/api/auth/me/", body);
        Assert.Equal((400, JsonSerializer.Serialize(new[] { told }, AsIs)), (answer.Status, answer[field]));
        Assert.Single(answer.Json.EnumerateObject());
        await server.Database.HasExtraAsync(person, """{"company":"Acme","age":42}""");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "first_name = ''"));
    }

    private static readonly JsonSerializerOptions AsIs = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("company", "\"12345678901234567890\"")]
    [InlineData("company", "\"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\"")]
    [InlineData("company", "12345", "\"12345\"")]
    [InlineData("site", "\"https://example.test/a?b=c#d\"")]
    [InlineData("contact", "\"Ann@example.test\"")]
    [InlineData("birthday", "\"2028-02-29\"")]
    [InlineData("age", "0"), InlineData("age", "150"), InlineData("age", "42.0", "42"), InlineData("age", "4.2e1", "42")]
    [InlineData("big", "9007199254740991"), InlineData("big", "-9007199254740991")]
    [InlineData("height", "0.5"), InlineData("height", "1e3", "1000"), InlineData("height", "1.1234567890123456789")]
    [InlineData("newsletter", "\"Yes\"", "true"), InlineData("newsletter", "0", "false")]
    public async Task A_value_that_fits_is_kept(string field, string value, string? kept = null)
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme"}""");
        Assert.Equal(200, (await client.PatchMeAsync($$"""{"{{field}}":{{value}}}""")).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"extra -> '{field}' = '{kept ?? value}'::jsonb"));
        Assert.Equal(JsonDocument.Parse(kept ?? value).RootElement.ToString(), (await client.MeAsync()).Json.GetProperty(field).ToString());
    }

    [Fact]
    public async Task A_patch_changes_what_is_sent_and_null_or_a_blank_takes_a_value_away()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme","nickname":"ann","age":42,"newsletter":true}""");
        var answer = await client.PatchMeAsync("""{"nickname":"","age":null,"big":7}""");
        Assert.Equal((200, "Acme", "null", "null", "7", "true"), (answer.Status, answer["company"], answer["nickname"], answer["age"], answer["big"], answer["newsletter"]));
        await server.Database.HasExtraAsync(person, """{"company":"Acme","big":7,"newsletter":true}""");
        Assert.Equal(200, (await client.PatchMeAsync("""{"first_name":"Ann"}""")).Status);
        await server.Database.HasExtraAsync(person, """{"company":"Acme","big":7,"newsletter":true}""");
    }

    [Fact]
    public async Task A_put_wants_what_is_required_and_leaves_the_others_where_they_are_not_sent()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme","age":42}""");
        (await client.SendMeAsync(HttpMethod.Put, $$"""{"username":"{{person.Username}}","age":43}""")).AssertBody(400, """{"company":["This field is required."]}""");
        Assert.Equal(200, (await client.SendMeAsync(HttpMethod.Put, $$"""{"username":"{{person.Username}}","company":"Umbrella"}""")).Status);
        await server.Database.HasExtraAsync(person, """{"company":"Umbrella","age":42}""");
    }

    [Fact]
    public async Task SG_20_What_users_may_not_write_is_shown_to_them_and_never_taken_from_them()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme","plan":"team"}""");
        Assert.Equal("null", (await client.PatchMeAsync("""{"plan":"team"}"""))["plan"]);
        await server.Database.HasExtraAsync(person, """{"company":"Acme"}""");
        await server.Database.ChangeAsync(person, """extra = extra || '{"plan":"team"}'""");
        Assert.Equal("team", (await client.PatchMeAsync("""{"plan":null,"age":42}"""))["plan"]);
        await server.Database.HasExtraAsync(person, """{"company":"Acme","plan":"team","age":42}""");
    }

    /// <summary>A backtracking engine would be at it for longer than the universe is old.</summary>
    [Fact]
    public async Task SG_20_A_pattern_is_matched_in_the_time_of_its_text()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync("""{"company":"Acme"}""");
        var watch = Stopwatch.StartNew();
        (await client.PatchMeAsync($$"""{"evil":"{{new string('a', 999)}}!"}""")).AssertBody(400, """{"evil":["This value does not match the required pattern."]}""");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task SG_20_More_than_a_field_takes_is_refused_and_more_than_a_body_takes_is_not_read()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme"}""");
        (await client.PatchMeAsync($$"""{"evil":"{{new string('a', 30_000)}}"}""")).AssertBody(400, """{"evil":["Ensure this field has no more than 1000 characters."]}""");
        Assert.Equal(413, (await client.PatchMeAsync($$"""{"evil":"{{new string('a', 40_000)}}"}""")).Status);
        await server.Database.HasExtraAsync(person, """{"company":"Acme"}""");
    }

    [Theory]
    [InlineData("""{"company":["Acme",{"a":1}],"age":"old","color":"green"}""", """["Acme",{"a":1}]""", "old", "green")]
    [InlineData("[1]", "null", "null", "null"), InlineData("\"Acme\"", "null", "null", "null"), InlineData("null", "null", "null", "null")]
    public async Task What_somebody_has_written_into_the_table_is_shown_as_it_is_and_harms_nobody(string stored, string company, string age, string color)
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme"}""");
        await server.Database.ChangeAsync(person, $"extra = '{stored}'");
        var me = await client.MeAsync();
        Assert.Equal((200, company, age, color), (me.Status, me["company"], me["age"], me["color"]));
        Assert.False(AccessTokenText.ClaimsOf((await client.SignInAsync(person)).Access).TryGetProperty("profile", out _));
        Assert.Equal("Umbrella", (await client.PatchMeAsync("""{"company":"Umbrella"}"""))["company"]);
    }

    [Fact]
    public async Task LG_06_An_export_has_them_and_an_erasure_takes_them_away()
    {
        using var client = server.Client();
        var company = Some.Username();
        var person = await client.SignInSomebodyAsync($$"""{"company":"{{company}}","age":42}""");
        var user = Assert.Single((await client.GetAsync("/api/auth/me/export/")).Json.GetProperty("users").EnumerateArray());
        Assert.Equal((company, 42), (user.GetProperty("extra").GetProperty("company").GetString(), user.GetProperty("extra").GetProperty("age").GetInt32()));
        Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
        Assert.Contains(company, await server.Database.DumpAsync(), StringComparison.Ordinal);
        await server.Database.LetTimeRunOutAsync(person);
        // An erasure leaves out whose row somebody holds, such as who sends the mail.
        await Until.TrueAsync(async () =>
        {
            await server.EraseAllAsync();
            return !(await server.Database.DumpAsync()).Contains(company, StringComparison.Ordinal);
        }, "nothing of it is stored");
    }
}
