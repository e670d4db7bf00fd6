using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Api.Profile;
using Accounts.Api.Registration;
using Accounts.Api.SignIn;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>A setting of extra fields that says too much, too little or something else stops the start with a sentence that names the field.</summary>
public sealed class ExtraFieldSettingsTests(Postgres postgres)
{
    private const string Setting = "Accounts__Profile__Fields";

    [Theory]
    [InlineData("{", ": it is no JSON: ")]
    [InlineData("company", ": it is neither a JSON object nor the path of a file that can be read (")]
    [InlineData("[]", ": it is neither a JSON object nor the path of a file that can be read (")]
    [InlineData("{}", """: write {"type": "object", "properties": {…}}.""")]
    [InlineData("""{"type":"string","properties":{}}""", """: write {"type": "object", "properties": {…}}.""")]
    [InlineData("""{"properties":[]}""", """: write an object, {"type": …}.""")]
    [InlineData("""{"properties":{},"required":"a"}""", """: "required" must be a list.""")]
    [InlineData("""{"properties":{"a":{"type":"string"}},"required":["b"]}""", """: "required" names "b", which is not among the properties.""")]
    [InlineData("""{"properties":{"a":{"type":"string"}},"allOf":[]}""", """: "allOf" is not supported here; known are $schema, type, properties, required.""")]
    [InlineData("""{"properties":{"a":{"type":"string"},"a":{"type":"string"}}}""", ": it is no JSON: ")]
    public Task SG_20_A_setting_that_is_no_schema_of_an_object_stops_the_start(string fields, string told) => IsRefusedAsync(fields, told);

    [Theory]
    [InlineData("""true""", """write an object, {"type": …}.""")]
    [InlineData("""{}""", "\"type\" must be string, integer, number or boolean.")]
    [InlineData("""{"type":"array"}""", "\"type\" must be string, integer, number or boolean.")]
    [InlineData("""{"type":["string","null"]}""", "\"type\" must be a text.")]
    [InlineData("""{"type":"string","$ref":"#"}""", "\"$ref\" is not supported here; known are type, title, description, readOnly, x-in-token, enum, minLength, maxLength, pattern, format.")]
    [InlineData("""{"type":"string","minimum":1}""", "\"minimum\" is not supported here; known are ")]
    [InlineData("""{"type":"integer","maxLength":1}""", "\"maxLength\" is not supported here; known are ")]
    [InlineData("""{"type":"boolean","enum":[true]}""", "\"enum\" is not supported here; known are type, title, description, readOnly, x-in-token.")]
    [InlineData("""{"type":"string","maxLength":-1}""", "\"maxLength\" must be a whole number, 0 or more.")]
    [InlineData("""{"type":"string","maxLength":"80"}""", "\"maxLength\" must be a whole number, 0 or more.")]
    [InlineData("""{"type":"string","maxLength":0}""", "no text could be of that length: raise maxLength, or lower minLength.")]
    [InlineData("""{"type":"string","maxLength":5,"minLength":6}""", "no text could be of that length: raise maxLength, or lower minLength.")]
    [InlineData("""{"type":"string","title":1}""", "\"title\" must be a text.")]
    [InlineData("""{"type":"string","title":"\ud800"}""", "\"title\" has half a character, which is no text.")]
    [InlineData("""{"type":"string","readOnly":"yes"}""", "\"readOnly\" must be true or false.")]
    [InlineData("""{"type":"string","x-in-token":1}""", "\"x-in-token\" must be true or false.")]
    [InlineData("""{"type":"string","format":"hostname"}""", "\"format\" must be email, uri, date.")]
    [InlineData("""{"type":"string","enum":[]}""", "\"enum\" must list something, and nothing twice.")]
    [InlineData("""{"type":"string","enum":["a","a"]}""", "\"enum\" must list something, and nothing twice.")]
    [InlineData("""{"type":"string","enum":[1]}""", "\"enum\" must list texts.")]
    [InlineData("""{"type":"string","enum":[" a"]}""", "\" a\" in \"enum\" could not be sent: ")]
    [InlineData("""{"type":"string","enum":["abc"],"maxLength":2}""", "\"abc\" in \"enum\" could not be sent: ")]
    [InlineData("""{"type":"integer","enum":[1.5]}""", "1.5 in \"enum\" could not be sent: ")]
    [InlineData("""{"type":"integer","enum":[1,1.0]}""", "\"enum\" must list something, and nothing twice.")]
    [InlineData("""{"type":"integer","enum":[3],"maximum":2}""", "3 in \"enum\" could not be sent: ")]
    [InlineData("""{"type":"number","minimum":2,"maximum":1}""", "no number lies in between: lower minimum, or raise maximum.")]
    [InlineData("""{"type":"number","minimum":1e300}""", "\"minimum\" must be a number of at most 28 digits.")]
    public Task SG_20_A_field_with_a_word_that_is_unknown_or_wrong_stops_the_start(string field, string told) =>
        IsRefusedAsync(Declaring("own", field), $", field \"own\": {told}");

    [Theory]
    [InlineData("(?=a)a", "\"pattern\" takes what may match for ages (")]
    [InlineData("(?<!a)b", "\"pattern\" takes what may match for ages (")]
    [InlineData("""(a)\\1""", "\"pattern\" takes what may match for ages (")]
    [InlineData("((a{100}){100}){100}", "\"pattern\" takes what may match for ages (")]
    [InlineData("(a", "\"pattern\" is no regular expression: ")]
    public Task SG_20_A_pattern_that_could_not_be_matched_in_linear_time_stops_the_start(string pattern, string told) =>
        IsRefusedAsync(Declaring("own", $$"""{"type":"string","pattern":"{{pattern}}"}"""), $", field \"own\": {told}");

    [Theory]
    [InlineData("Company"), InlineData("1st"), InlineData("_own"), InlineData("own-field"), InlineData("own field"), InlineData("größe"), InlineData(""), InlineData("a23456789012345678901234567890123")]
    public Task A_name_of_another_form_stops_the_start(string name) => IsRefusedAsync(
        Declaring(name, """{"type":"string"}"""), $", field \"{name}\": a name is of small letters, digits and _, begins with a letter, and has at most 32 of them.");

    /// <summary>Of what is sent and answered where extra fields stand, and of access tokens.</summary>
    [Fact]
    public async Task SG_20_A_name_that_has_a_meaning_of_its_own_stops_the_start()
    {
        Type[] types = [typeof(UserResponse), typeof(LoginResponse), typeof(LoginRequest), typeof(RegisterRequest), typeof(ProfilePatchRequest), typeof(ProfilePutRequest), typeof(ErrorBody)];
        var members = types.SelectMany(type => type.GetProperties()).Where(property => property.Name is not ("Example" or "EqualityContract" or "Extra"))
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        string[] claims = ["iss", "aud", "exp", "nbf", "iat", "jti", "sub", "sid", "client_id", "auth_time", "amr", "acr", "ver", "roles", "scope", "groups", "entitlements", "token_type", "user_id", "profile", "is_admin", "legacy_id", "is_active", "last_login", "suspended_until", "invitation", "new_password", "role"];
        var names = members.Concat(claims).Distinct().ToArray();
        var refused = await RefusedAsync(new JsonObject { ["properties"] = new JsonObject([.. names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { ["type"] = "string" }))]) }.ToJsonString());
        Assert.All(names, name => Assert.Contains($"{Setting}, field \"{name}\": the name has a meaning of its own already: choose another, for example \"my_{name}\".", refused, StringComparison.Ordinal));
    }

    [Fact]
    public Task A_field_that_must_be_filled_and_cannot_be_stops_the_start() => IsRefusedAsync(
        """{"properties":{"plan":{"type":"string","readOnly":true}},"required":["plan"]}""",
        ", field \"plan\": it is required and readOnly, so nobody could sign up: take one of them away.");

    [Fact]
    public async Task SG_20_Fields_that_could_hold_too_much_stop_the_start_and_the_largest_is_named()
    {
        await IsRefusedAsync(Texts(21, 10), ": 21 fields are too many; 20 is the most.");
        await IsRefusedAsync(Texts(19, 255, "\"bio\":{\"type\":\"string\",\"maxLength\":2000}"),
            ", field \"bio\": with it all fields may have 6945 characters, and 4096 is the most; give it a smaller maxLength.");
        await IsRefusedAsync("""{"properties":{"name_tag":{"type":"string","x-in-token":true},"age":{"type":"integer","x-in-token":true}}}""",
            ", field \"name_tag\": with it access tokens may tell 285 characters, and 256 is the most; give it a smaller maxLength, or leave x-in-token out.");
    }

    private static string Texts(int count, int length, params string[] others)
    {
        var texts = Enumerable.Range(10, count).Select(n => $$"""
            "f{{n}}":{"type":"string","maxLength":{{length}}}
            """);
        return $$$"""{"properties":{{{{string.Join(',', texts.Concat(others))}}}}}""";
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        var refused = await RefusedAsync("""{"properties":{"Own":{"type":"string"},"age":{"type":"int"},"fine":{"type":"boolean"}},"required":["gone"]}""");
        Assert.Equal(3, refused.Split('\n').Length);
        Assert.All(refused.Split('\n'), line => Assert.StartsWith(Setting, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_may_say_it_and_one_that_cannot_be_read_stops_the_start()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
              "properties": {"company": {"type": "string"}}, "required": []
            }
            """);
        await using (var server = await TestServer.StartAsync(postgres, ("Accounts:Profile:Fields", file)))
        {
            using var client = server.Client();
            Assert.Equal(200, (await client.GetAsync("/healthz")).Status);
        }
        await File.WriteAllTextAsync(file, "{");
        await IsRefusedAsync(file, ": it is no JSON: ");
        File.Delete(file);
        await IsRefusedAsync(file, ": it is neither a JSON object nor the path of a file that can be read (");
    }

    private static string Declaring(string name, string field) => $$$"""{"properties":{"{{{name}}}":{{{field}}}}}""";

    private static async Task IsRefusedAsync(string fields, string told) => Assert.Contains($"{Setting}{told}", await RefusedAsync(fields), StringComparison.Ordinal);

    private static async Task<string> RefusedAsync(string fields)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(
            () => TestServer.StartOnAsync("Host=nowhere", ("environment", "Production"), ("Accounts:Profile:Fields", fields)));
        return refused.Message;
    }
}
